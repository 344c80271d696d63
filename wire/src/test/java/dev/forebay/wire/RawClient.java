package dev.forebay.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that sends exactly the bytes it is told to, and reads answers one by one. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream input;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        input = socket.getInputStream();
    }

    RawClient send(String bytes) throws IOException {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads one answer with the length it announces. */
    Answer answer() throws IOException {
        String head = head();
        long length = 0;
        boolean chunked = false;
        for (String line : head.lines().toList()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding: chunked");
        }
        String body = chunked ? chunks() : text(input.readNBytes((int) length));
        return new Answer(Integer.parseInt(head.substring(9, 12)), head, body);
    }

    /** Reads the head of an answer only. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("connection ended after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Reads until the server ends or breaks the connection. */
    byte[] rest() throws IOException {
        var bytes = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try {
            for (int n = input.read(part); n >= 0; n = input.read(part)) {
                bytes.write(part, 0, n);
            }
        } catch (java.net.SocketException reset) {
            bytes.write('!');
        }
        return bytes.toByteArray();
    }

    /** Closes so that the server gets a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        int length = Integer.parseInt(line(), 16);
        while (length > 0) {
            body.append(text(input.readNBytes(length)));
            line();
            length = Integer.parseInt(line(), 16);
        }
        line();
        return body.toString();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n' && next >= 0; next = input.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    record Answer(int status, String head, String body) {}
}
