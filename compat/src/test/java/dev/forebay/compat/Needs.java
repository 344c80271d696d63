package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.client.FilesException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;

/**
 * A test of what not every wire can do. Where one cannot, the same calls must end with {@link
 * FilesException.Unimplemented}; no test is left out.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Check.class)
@interface Needs {
    FileClientContract.Ability value();

    /** Turns the test round where the ability is missing. */
    final class Check implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<@Nullable Void> invocation,
                ReflectiveInvocationContext<Method> method,
                ExtensionContext context)
                throws Throwable {
            FileClientContract contract = (FileClientContract) context.getRequiredTestInstance();
            Needs needs = method.getExecutable().getAnnotation(Needs.class);
            if (contract.can(needs.value())) {
                invocation.proceed();
            } else {
                assertThatThrownBy(invocation::proceed)
                        .isInstanceOf(FilesException.Unimplemented.class);
            }
        }
    }
}
