package dev.forebay.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Holds every test against the table of docs/gateways/hadoop-contract.md, which names each one that
 * does not pass. A test that is listed as failed is run, and must fail; it is then reported as
 * skipped. A test that passes although it is listed, or is skipped although it is not, fails: so
 * the page is what is true.
 */
final class NotPassed implements BeforeEachCallback, InvocationInterceptor {
    private static final Path PAGE = Path.of("../docs/gateways/hadoop-contract.md");
    private static final int COLUMNS = 5;

    /** One row of the page. */
    private record Row(String test, List<String> schemes, boolean skipped, String reason) {
        static Optional<Row> parse(String line) {
            String[] cells = line.split("\\s*\\|\\s*", -1);
            if (cells.length != COLUMNS + 1 || !cells[1].matches("`\\w+\\.\\w+`")) {
                return Optional.empty();
            }
            String test = cells[1].replace("`", "");
            boolean skipped =
                    switch (cells[3]) {
                        case "skipped" -> true;
                        case "failed" -> false;
                        default -> throw new AssertionError("neither failed nor skipped: " + line);
                    };
            return Optional.of(new Row(test, List.of(cells[2].split(", ")), skipped, cells[4]));
        }
    }

    private final String scheme;
    private final String gateway;
    private final List<Row> rows;
    private int port;

    /**
     * Reads the page.
     *
     * @param scheme the tests run under
     * @param gateway they reach, by its name in node.json
     */
    NotPassed(String scheme, String gateway) {
        this.scheme = scheme;
        this.gateway = gateway;
        try {
            this.rows =
                    Files.readAllLines(PAGE).stream()
                            .map(Row::parse)
                            .flatMap(Optional::stream)
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the gateway listens. */
    int port() {
        return port;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        port = ContractNode.of(context).port(gateway);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        run(invocation, find(context));
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        test(invocation, find(context));
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        test(invocation, find(context));
    }

    private Optional<Row> find(ExtensionContext context) {
        String test =
                context.getRequiredTestClass().getSimpleName()
                        + "."
                        + context.getRequiredTestMethod().getName();
        return rows.stream()
                .filter(row -> row.test().equals(test) && row.schemes().contains(scheme))
                .findFirst();
    }

    private static void test(Invocation<@Nullable Void> test, Optional<Row> row) throws Throwable {
        run(test, row);
        if (row.isPresent()) {
            throw new AssertionError("passes, unlike what the page says: " + row.get());
        }
    }

    private static void run(Invocation<@Nullable Void> invocation, Optional<Row> row)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            if (row.isEmpty() || !row.get().skipped()) {
                throw new AssertionError("skipped, which the page does not say", e);
            }
            throw e;
        } catch (Exception | AssertionError e) {
            if (row.isEmpty() || row.get().skipped()) {
                throw e;
            }
            throw new TestAbortedException("fails as the page says: " + row.get().reason(), e);
        }
    }
}
