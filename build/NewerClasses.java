import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Gives the classes of jars from before Java 6 the form of today, in place: a start cache of the JVM takes no others, and the parser of
 * the command line is made of such. What the classes do stays. Jars without old classes, and signed ones, are left as they are.
 * Usage: NewerClasses JAR...
 */
class NewerClasses {
    /** Class files from this version on are verified by stack maps; start caches take no older ones. */
    private static final int OLDEST_TAKEN = ClassFile.JAVA_6_VERSION;

    private static final int MAGIC_AND_MINOR = 6;

    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            Path path = Path.of(jar);
            if (concerned(path)) {
                rewrite(path);
                System.out.println("newer classes in " + path);
            }
        }
    }

    private static boolean concerned(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            boolean old = false;
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith("META-INF/") && entry.getName().endsWith(".SF")) {
                    return false;
                }
                old = old || old(jar, entry);
            }
            return old;
        }
    }

    private static boolean old(JarFile jar, JarEntry entry) throws IOException {
        if (!entry.getName().endsWith(".class")) {
            return false;
        }
        try (InputStream input = jar.getInputStream(entry)) {
            byte[] head = input.readNBytes(MAGIC_AND_MINOR + 2);
            return head.length == MAGIC_AND_MINOR + 2
                    && ((head[MAGIC_AND_MINOR] & 0xff) << 8 | head[MAGIC_AND_MINOR + 1] & 0xff) < OLDEST_TAKEN;
        }
    }

    private static void rewrite(Path path) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".next");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {path.toUri().toURL()});
                JarFile jar = new JarFile(path.toFile());
                OutputStream file = Files.newOutputStream(next);
                JarOutputStream output = new JarOutputStream(file)) {
            ClassFile format =
                    ClassFile.of(
                            ClassFile.ConstantPoolSharingOption.NEW_POOL,
                            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                            ClassFile.ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(loader)
                                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (JarEntry entry : Collections.list(jar.entries())) {
                byte[] bytes;
                try (InputStream input = jar.getInputStream(entry)) {
                    bytes = input.readAllBytes();
                }
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                output.putNextEntry(copy);
                output.write(old(jar, entry) ? newer(format, bytes) : bytes);
                output.closeEntry();
            }
        }
        Files.move(next, path, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] newer(ClassFile format, byte[] bytes) {
        ClassModel model = format.parse(bytes);
        return format.transformClass(model, NewerClasses::copy);
    }

    private static void copy(ClassBuilder builder, ClassElement element) {
        switch (element) {
            case ClassFileVersion _ -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            // through a transformation, so that its code gets stack maps
            case MethodModel method ->
                    builder.transformMethod(method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
            default -> builder.with(element);
        }
    }
}
