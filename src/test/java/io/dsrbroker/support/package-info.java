/** What tests and the development launcher share: a database, an issuer of tokens, a running broker. */
@NullMarked
package io.dsrbroker.support;

import org.jspecify.annotations.NullMarked;
