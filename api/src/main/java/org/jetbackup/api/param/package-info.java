/**
 * The settings of an instance.
 *
 * <p>{@link org.jetbackup.api.param.SystemParameter} lists what can be set, each as a typed {@link
 * org.jetbackup.api.param.Parameter}; {@link org.jetbackup.api.param.Parameters} is an immutable
 * set of values for one instance. A value is checked when it is put in, so that an engine only ever
 * sees values inside the listed limits; it may still refuse a legal value that it does not support,
 * with {@code -1003} naming the parameter.
 */
package org.jetbackup.api.param;
