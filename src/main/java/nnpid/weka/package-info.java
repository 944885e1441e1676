/**
 * The bridge to Weka: the only place outside the Weka packages where Weka's instances become
 * distributions, and the command line.
 */
@NullMarked
package nnpid.weka;

import org.jspecify.annotations.NullMarked;
