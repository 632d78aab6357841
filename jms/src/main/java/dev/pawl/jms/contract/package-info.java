/**
 * What programs outside rely on: names of destinations and properties, and the shapes of messages. The same in words is the
 * AsyncAPI document {@code META-INF/asyncapi.yaml}, which a test holds against these classes.
 */
@NullMarked
package dev.pawl.jms.contract;

import org.jspecify.annotations.NullMarked;
