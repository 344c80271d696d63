package dev.forebay.testkit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test with one parameter, {@code long seed}, that runs for the seeds of {@link Seeds}. The seed
 * is in the name of each run, so that a failure shows it; {@code -Dseed=} repeats that run alone.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed={0}")
@ArgumentsSource(Seeds.class)
public @interface SeededTest {}
