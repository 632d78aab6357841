package dev.pawl.samples.document;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses on the public internet from all others: loopback, private, link-local (cloud metadata among them),
 * carrier-grade NAT, multicast, reserved. After the special-purpose address registries of IANA (RFC 6890 and its updates).
 *
 * <p>Works on the resolved address, so it does not matter whether somebody wrote {@code 127.0.0.1}, {@code 2130706433},
 * {@code 0177.0.0.1}, {@code [::ffff:7f00:1]} or a name that resolves to it.
 */
final class PublicAddresses {

    private static final List<Block> NOT_PUBLIC_4 = List.of(
            Block.of4(0, 0, 0, 0, 8),
            Block.of4(10, 0, 0, 0, 8),
            Block.of4(100, 64, 0, 0, 10),
            Block.of4(127, 0, 0, 0, 8),
            // the metadata service of most clouds is 169.254.169.254
            Block.of4(169, 254, 0, 0, 16),
            Block.of4(172, 16, 0, 0, 12),
            Block.of4(192, 0, 0, 0, 24),
            Block.of4(192, 0, 2, 0, 24),
            Block.of4(192, 88, 99, 0, 24),
            Block.of4(192, 168, 0, 0, 16),
            Block.of4(198, 18, 0, 0, 15),
            Block.of4(198, 51, 100, 0, 24),
            Block.of4(203, 0, 113, 0, 24),
            // looks public, but is the host agent of Azure
            Block.of4(168, 63, 129, 16, 32),
            Block.of4(224, 0, 0, 0, 4),
            Block.of4(240, 0, 0, 0, 4));

    private static final Block GLOBAL_UNICAST_6 = Block.of6(0x2000, 0, 3);
    private static final Block NAT64 = Block.of6(0x0064, 0xff9b, 96);
    private static final Block SIX_TO_FOUR = Block.of6(0x2002, 0, 16);

    private static final List<Block> NOT_PUBLIC_6 = List.of(
            // protocol assignments, Teredo and ORCHID among them
            Block.of6(0x2001, 0, 23),
            // documentation
            Block.of6(0x2001, 0x0db8, 32),
            Block.of6(0x3fff, 0, 20));

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublic4(bytes);
        }
        if (isMapped4(bytes)) {
            return isPublic4(Arrays.copyOfRange(bytes, 12, 16));
        }
        // both carry the IPv4 address that a gateway will talk to in the end
        if (NAT64.contains(bytes)) {
            return isPublic4(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            return isPublic4(Arrays.copyOfRange(bytes, 2, 6));
        }
        return GLOBAL_UNICAST_6.contains(bytes) && NOT_PUBLIC_6.stream().noneMatch(block -> block.contains(bytes));
    }

    private static boolean isPublic4(byte[] bytes) {
        return NOT_PUBLIC_4.stream().noneMatch(block -> block.contains(bytes));
    }

    private static boolean isMapped4(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == (byte) 0xff && bytes[11] == (byte) 0xff;
    }

    /** The addresses that share their first {@code bits} bits with {@code prefix}. */
    private record Block(byte[] prefix, int bits) {

        static Block of4(int a, int b, int c, int d, int bits) {
            return new Block(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, bits);
        }

        static Block of6(int first, int second, int bits) {
            byte[] prefix = new byte[16];
            prefix[0] = (byte) (first >> 8);
            prefix[1] = (byte) first;
            prefix[2] = (byte) (second >> 8);
            prefix[3] = (byte) second;
            return new Block(prefix, bits);
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
