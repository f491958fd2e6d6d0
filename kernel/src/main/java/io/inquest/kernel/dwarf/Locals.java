package io.inquest.kernel.dwarf;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.stack.FrameState;
import io.inquest.kernel.type.IntegerType;
import io.inquest.kernel.type.KernelType;
import io.inquest.kernel.type.VoidType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Parameters and local variables of frames, as far as the debug information tells where they are and the registers
/// that it needs are known. Safe for many threads.
public final class Locals {

    private final Dwarf dwarf;
    private final TypeReader types;
    private final CfiUnwinder unwinder;
    private final AddressSpace space;
    private final long moved;
    private @Nullable UnitRanges ranges;

    /// `unwinder` is that of the same file, and `moved` what KASLR added to its addresses.
    public Locals(Dwarf dwarf, CfiUnwinder unwinder, AddressSpace space, long moved) {
        this.dwarf = dwarf;
        this.types = new TypeReader(dwarf);
        this.unwinder = unwinder;
        this.space = space;
        this.moved = moved;
    }

    /// Those of a frame, of the innermost inlined function first; `callerStackPointer` is that of the frame that
    /// called it, empty if unknown.
    public List<LocalVariable> of(FrameState frame, OptionalLong callerStackPointer) {
        synchronized (dwarf) {
            try {
                long address = frame.codeAddress() - moved;
                UnitRanges known = ranges;
                if (known == null) {
                    known = UnitRanges.read(dwarf.file(0));
                    ranges = known;
                }
                long start = known.unitAt(address);
                return start < 0
                        ? List.of()
                        : new Search(dwarf.file(0).unit(Section.INFO, start).whole(), frame, callerStackPointer)
                                .run(address);
            } catch (SectionFault damaged) {
                return List.of();
            }
        }
    }

    /// The variables of one frame.
    private final class Search implements ExpressionContext {

        private final Unit unit;
        private final FrameState frame;
        private final OptionalLong callerStackPointer;
        private final List<LocalVariable> found = new ArrayList<>();
        private OptionalLong frameBase = OptionalLong.empty();

        Search(Unit unit, FrameState frame, OptionalLong callerStackPointer) {
            this.unit = unit;
            this.frame = frame;
            this.callerStackPointer = callerStackPointer;
        }

        List<LocalVariable> run(long address) {
            List<Die> scopes = Functions.of(unit).scopesAt(address);
            if (!scopes.isEmpty()) {
                frameBase = number(locate(scopes.getFirst(), Attribute.FRAME_BASE, address));
            }
            List<String> functions = new ArrayList<>();
            for (Die scope : scopes) {
                String outer = functions.isEmpty() ? "" : functions.getLast();
                functions.add(scope.tag() == Tag.LEXICAL_BLOCK ? outer : Functions.name(dwarf, unit, scope));
            }
            for (int i = scopes.size() - 1; i >= 0; i--) {
                addOf(scopes.get(i), functions.get(i), address);
            }
            return List.copyOf(found);
        }

        private void addOf(Die scope, String function, long address) {
            for (Die child : unit.children(scope)) {
                boolean isParameter = child.tag() == Tag.FORMAL_PARAMETER;
                if (isParameter || child.tag() == Tag.VARIABLE) {
                    add(child, function, isParameter, address);
                }
            }
        }

        private void add(Die die, String function, boolean isParameter, long address) {
            String name = Functions.name(dwarf, unit, die);
            if (name.isEmpty()) {
                return;
            }
            KernelType type = typeOf(die);
            Location location = locate(die, Attribute.LOCATION, address);
            Optional<KernelObject> object = object(type, location);
            String missing = location instanceof Location.Unknown(String reason)
                    ? reason
                    : object.isEmpty() ? "its register is not known here" : "";
            found.add(new LocalVariable(function, name, type, isParameter, object, missing));
        }

        private Optional<KernelObject> object(KernelType type, Location location) {
            return switch (location) {
                case Location.InMemory(long at) -> Optional.of(KernelObject.at(space, type, at));
                case Location.Value(long value) -> Optional.of(KernelObject.ofValue(space, type, value));
                case Location.InRegister(int number) -> {
                    OptionalLong value = register(number);
                    yield value.isPresent()
                            ? Optional.of(KernelObject.ofValue(space, type, value.getAsLong()))
                            : Optional.empty();
                }
                case Location.Unknown ignored -> Optional.empty();
            };
        }

        /// An inlined function's variables have their types where the function itself is described.
        private KernelType typeOf(Die die) {
            Unit at = unit;
            Die typed = die;
            OptionalLong origin = at.reference(die, Attribute.ABSTRACT_ORIGIN);
            if (!die.has(Attribute.TYPE) && origin.isPresent()) {
                at = dwarf.unit(origin.getAsLong());
                typed = at.die(DieReference.offset(origin.getAsLong()));
            }
            OptionalLong type = at.reference(typed, Attribute.TYPE);
            return type.isPresent() ? types.type(type.getAsLong()) : VoidType.VOID;
        }

        private Location locate(Die die, int attribute, long address) {
            int constant = die.find(Attribute.CONST_VALUE);
            int place = die.find(attribute);
            if (place < 0) {
                return constant < 0 || Form.isBlock(die.form(constant))
                        ? new Location.Unknown("it is optimized out")
                        : new Location.Value(die.value(constant));
            }
            if (die.form(place) == Form.EXPRLOC || Form.isBlock(die.form(place))) {
                String section = unit.file().sections().nameOf(unit.header().section());
                SectionCursor code = unit.file().cursor(section).seek(die.value(place));
                return Expression.locate(unit, code, die.blockBytes(place), this);
            }
            long bytes = LocationList.find(unit, die.form(place), die.value(place), address);
            return bytes < 0
                    ? new Location.Unknown("it is optimized out here")
                    : Expression.locate(unit, unit.file().cursor(LocationList.section(unit)), bytes, this);
        }

        /// What a location gives as the base of a frame: an address, or a register's value.
        private OptionalLong number(Location location) {
            return switch (location) {
                case Location.InMemory(long at) -> OptionalLong.of(at);
                case Location.Value(long value) -> OptionalLong.of(value);
                case Location.InRegister(int register) -> register(register);
                case Location.Unknown ignored -> OptionalLong.empty();
            };
        }

        @Override
        public OptionalLong register(int number) {
            return unwinder.value(frame.registers(), number);
        }

        @Override
        public OptionalLong frameAddress() {
            OptionalLong told = unwinder.frameAddress(frame);
            return told.isPresent() ? told : callerStackPointer;
        }

        @Override
        public OptionalLong frameBase() {
            return frameBase;
        }

        @Override
        public OptionalLong memory(long address, int bytes) {
            IntegerType word = new IntegerType("", bytes, false, IntegerType.Use.NUMBER);
            try {
                return OptionalLong.of(KernelObject.at(space, word, address).unsigned());
            } catch (MemoryFault lost) {
                return OptionalLong.empty();
            }
        }

        @Override
        public long moved(long address) {
            return address + moved;
        }
    }
}
