package dev.pawl.acceptance.tracing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is looked at of a span in an OTLP export request (opentelemetry/proto/collector/trace/v1). */
record ExportedSpan(String traceId, String spanId, String parentId, String name) {

    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int TRACE_ID = 1;
    private static final int SPAN_ID = 2;
    private static final int PARENT_ID = 4;
    private static final int NAME = 5;

    /** The spans of an export request in protobuf's encoding. */
    static List<ExportedSpan> in(byte[] request) {
        List<ExportedSpan> spans = new ArrayList<>();
        for (byte[] resource : parts(request, RESOURCE_SPANS)) {
            for (byte[] scope : parts(resource, SCOPE_SPANS)) {
                parts(scope, SPANS).forEach(span -> spans.add(of(span)));
            }
        }
        return spans;
    }

    private static ExportedSpan of(byte[] span) {
        HexFormat hex = HexFormat.of();
        return new ExportedSpan(
                hex.formatHex(one(span, TRACE_ID)),
                hex.formatHex(one(span, SPAN_ID)),
                hex.formatHex(one(span, PARENT_ID)),
                new String(one(span, NAME), StandardCharsets.UTF_8));
    }

    private static byte[] one(byte[] message, int field) {
        List<byte[]> found = parts(message, field);
        return found.isEmpty() ? new byte[0] : found.get(0);
    }

    private static List<byte[]> parts(byte[] message, int field) {
        return fields(message).getOrDefault(field, List.of());
    }

    /** The fields of a message that have a length; numbers are passed over. */
    private static Map<Integer, List<byte[]>> fields(byte[] message) {
        Map<Integer, List<byte[]>> fields = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = number(in);
            switch ((int) (tag & 7)) {
                case 0 -> number(in);
                case 1 -> in.getLong();
                case 2 -> {
                    byte[] content = new byte[(int) number(in)];
                    in.get(content);
                    fields.computeIfAbsent((int) (tag >>> 3), any -> new ArrayList<>())
                            .add(content);
                }
                case 5 -> in.getInt();
                default -> throw new IllegalArgumentException("not protobuf: wire type " + (tag & 7));
            }
        }
        return fields;
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
