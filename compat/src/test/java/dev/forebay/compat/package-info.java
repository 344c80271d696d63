/**
 * The official clients, unmodified and pinned, driven against a node that runs as a process of its
 * own.
 *
 * <p>Read first: {@link dev.forebay.compat.NodeProcess}, which starts, kills and stops the node,
 * and {@link dev.forebay.testkit.PythonEnvironment}, which installs a client. What is expected of
 * the answers is said in Python, in {@code src/test/python}.
 *
 * <p>Must not know: any engine or gateway. The node is reached as its users reach it.
 */
@NullMarked
package dev.forebay.compat;

import org.jspecify.annotations.NullMarked;
