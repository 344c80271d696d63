package dev.forebay.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The seeds of a {@link SeededTest}: 1 to 20; with {@code -Dtrials=n} 1 to n; with {@code -Dseed=n}
 * only n.
 */
public final class Seeds implements ArgumentsProvider {
    private static final long TRIALS = 20;

    /** For JUnit. */
    public Seeds() {}

    @Override
    public Stream<? extends Arguments> provideArguments(
            ParameterDeclarations parameters, ExtensionContext context) {
        // a configuration parameter of JUnit falls back to the system property of the same name
        var seed = context.getConfigurationParameter("seed", Long::valueOf);
        long trials = context.getConfigurationParameter("trials", Long::valueOf).orElse(TRIALS);
        LongStream seeds = seed.map(LongStream::of).orElse(LongStream.rangeClosed(1, trials));
        return seeds.mapToObj(Arguments::of);
    }
}
