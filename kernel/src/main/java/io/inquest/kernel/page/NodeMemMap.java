package io.inquest.kernel.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Struct pages in a few large arrays: one for the machine (FLATMEM) or one for each node (DISCONTIGMEM).
final class NodeMemMap implements MemMap {

    private final MemoryModel model;

    /// Mapped pieces in order of frames, without overlap.
    private final List<MapPiece> pieces;

    private NodeMemMap(MemoryModel model, List<MapPiece> pieces) {
        this.model = model;
        this.pieces = pieces;
    }

    static NodeMemMap flat(long endPfn, long structPages) {
        return new NodeMemMap(MemoryModel.FLATMEM, List.of(MapPiece.mapped(0, endPfn, structPages)));
    }

    /// Pieces in any order; where two overlap the one that begins first wins.
    static NodeMemMap nodes(List<MapPiece> nodes, int structBytes) {
        List<MapPiece> sorted = new ArrayList<>(nodes);
        sorted.sort(Comparator.comparingLong(MapPiece::startPfn));
        List<MapPiece> pieces = new ArrayList<>();
        long end = 0;
        for (MapPiece node : sorted) {
            long start = Math.max(node.startPfn(), end);
            if (start < node.endPfn()) {
                pieces.add(MapPiece.mapped(start, node.endPfn(), node.structPage(start, structBytes)));
                end = node.endPfn();
            }
        }
        return new NodeMemMap(MemoryModel.DISCONTIGMEM, List.copyOf(pieces));
    }

    @Override
    public MemoryModel model() {
        return model;
    }

    @Override
    public MapPiece piece(long pfn) {
        long holeStart = 0;
        for (MapPiece piece : pieces) {
            if (pfn < piece.startPfn()) {
                return MapPiece.hole(holeStart, piece.startPfn());
            }
            if (pfn < piece.endPfn()) {
                return piece;
            }
            holeStart = piece.endPfn();
        }
        return MapPiece.hole(holeStart, Long.MAX_VALUE);
    }
}
