package dev.forebay.gateway.hdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.files.AttributeWrite;
import dev.forebay.files.ExtendedAttribute;
import dev.forebay.files.LeasedFileEngine;

import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.GetXAttrsRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.GetXAttrsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.ListXAttrsRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.ListXAttrsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.RemoveXAttrRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.RemoveXAttrResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.SetXAttrRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.SetXAttrResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.XAttrProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.XAttrProto.XAttrNamespaceProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.XAttrSetFlagProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

import java.util.List;
import java.util.Locale;

/** Methods of extended attributes. */
final class ExtendedAttributeMethods {
    private final LeasedFileEngine engine;

    private ExtendedAttributeMethods(LeasedFileEngine engine) {
        this.engine = engine;
    }

    static void addTo(MethodTable table, LeasedFileEngine engine) {
        ExtendedAttributeMethods methods = new ExtendedAttributeMethods(engine);
        table.audited("setXAttr", methods::set)
                .audited("removeXAttr", methods::remove)
                .reading("getXAttrs", methods::get)
                .reading("listXAttrs", methods::list);
    }

    private MessageLite set(RpcCall call) throws InvalidProtocolBufferException {
        SetXAttrRequestProto request = call.request(SetXAttrRequestProto.parser());
        engine.setExtendedAttribute(
                call.caller(),
                call.path(request.getSrc()),
                new ExtendedAttribute(
                        name(request.getXAttr()),
                        request.getXAttr().getValue().asReadOnlyByteBuffer()),
                write(request.getFlag()));
        return SetXAttrResponseProto.getDefaultInstance();
    }

    private static AttributeWrite write(int flags) {
        boolean create = (flags & XAttrSetFlagProto.XATTR_CREATE_VALUE) != 0;
        boolean replace = (flags & XAttrSetFlagProto.XATTR_REPLACE_VALUE) != 0;
        if (create && replace) {
            return AttributeWrite.CREATE_OR_REPLACE;
        }
        if (!create && !replace) {
            throw RpcError.of(RpcError.ILLEGAL_ARGUMENT, "A XAttr flag must be specified.")
                    .refused();
        }
        return create ? AttributeWrite.CREATE : AttributeWrite.REPLACE;
    }

    private MessageLite remove(RpcCall call) throws InvalidProtocolBufferException {
        RemoveXAttrRequestProto request = call.request(RemoveXAttrRequestProto.parser());
        engine.removeExtendedAttribute(
                call.caller(), call.path(request.getSrc()), name(request.getXAttr()));
        return RemoveXAttrResponseProto.getDefaultInstance();
    }

    /** Without names all; with names each of them must be there. */
    private MessageLite get(RpcCall call) throws InvalidProtocolBufferException {
        GetXAttrsRequestProto request = call.request(GetXAttrsRequestProto.parser());
        List<String> wanted =
                request.getXAttrsList().stream().map(ExtendedAttributeMethods::name).toList();
        for (String name : wanted) {
            requireVisible(call, name);
        }
        List<ExtendedAttribute> found =
                engine.extendedAttributes(call.caller(), call.path(request.getSrc())).stream()
                        .filter(each -> wanted.isEmpty() || wanted.contains(each.name()))
                        .toList();
        if (!wanted.isEmpty() && found.size() < wanted.stream().distinct().count()) {
            throw RpcError.of(
                            RpcError.ATTRIBUTE_NOT_FOUND,
                            "At least one of the attributes provided was not found.")
                    .refused();
        }
        GetXAttrsResponseProto.Builder answer = GetXAttrsResponseProto.newBuilder();
        found.forEach(attribute -> answer.addXAttrs(valued(attribute)));
        return answer.build();
    }

    private static void requireVisible(RpcCall call, String name) {
        boolean trusted = call.caller().superuser() && name.startsWith("trusted.");
        if (!trusted && !name.startsWith("user.")) {
            throw RpcError.of(RpcError.ACCESS, "User doesn't have permission for xattr: " + name)
                    .refused();
        }
    }

    /**
     * Names for who may look at the file, with the values for who may read it: the Go client shows
     * what it gets here.
     */
    private MessageLite list(RpcCall call) throws InvalidProtocolBufferException {
        ListXAttrsRequestProto request = call.request(ListXAttrsRequestProto.parser());
        ListXAttrsResponseProto.Builder answer = ListXAttrsResponseProto.newBuilder();
        FilePath path = call.path(request.getSrc());
        try {
            engine.extendedAttributes(call.caller(), path)
                    .forEach(attribute -> answer.addXAttrs(valued(attribute)));
        } catch (PermissionDenied e) {
            engine.extendedAttributeNames(call.caller(), path)
                    .forEach(name -> answer.addXAttrs(named(name)));
        }
        return answer.build();
    }

    private static XAttrProto valued(ExtendedAttribute attribute) {
        ByteString value = ByteString.copyFrom(attribute.value().duplicate());
        return named(attribute.name()).setValue(value).build();
    }

    private static String name(XAttrProto attribute) {
        return attribute.getNamespace().name().toLowerCase(Locale.ROOT) + "." + attribute.getName();
    }

    private static XAttrProto.Builder named(String name) {
        int dot = name.indexOf('.');
        String space = name.substring(0, dot).toUpperCase(Locale.ROOT);
        return XAttrProto.newBuilder()
                .setNamespace(XAttrNamespaceProto.valueOf(space))
                .setName(name.substring(dot + 1));
    }
}
