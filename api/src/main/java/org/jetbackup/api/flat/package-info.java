/**
 * The calls that the contract names, in their original shape: handles, text, numbers in, a number
 * out. A thin layer over {@link org.jetbackup.api.JetInstance} for those who port code or compare
 * behaviour.
 */
package org.jetbackup.api.flat;
