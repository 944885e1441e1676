/**
 * The command line on Apache Spark: data are counted where they are, and the numbered tasks of the
 * analysis run on the executors. The only package that sees Spark; nothing else refers to it.
 */
@NullMarked
package nnpid.spark;

import org.jspecify.annotations.NullMarked;
