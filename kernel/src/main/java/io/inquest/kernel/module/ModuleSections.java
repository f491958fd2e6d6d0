package io.inquest.kernel.module;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.MissingMember;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where a module's sections were loaded, as `/sys/module/NAME/sections` shows it.
///
/// | Since | Members                                                                     | Changed by   |
/// |-------|-----------------------------------------------------------------------------|--------------|
/// | 6.14  | `sect_attrs->grp.bin_attrs[]`: name, and the address in `private`            | d8959b947a8d |
/// | 5.8   | `sect_attrs->attrs[]`: `battr.attr.name`, `address`                          | ed66f991bb19 |
/// | 2.6   | `sect_attrs->attrs[]`: `name` or `mattr.attr.name`, `address`                |              |
public final class ModuleSections {

    /// A module has some dozens; the count may be damaged.
    private static final int MOST_SECTIONS = 4096;

    private ModuleSections() {}

    /// Addresses by the names of sections; what cannot be read is left out, and without sysfs there are none.
    public static Map<String, Long> of(Module module) {
        Map<String, Long> sections = new HashMap<>();
        try {
            Optional<KernelObject> pointer = module.struct().find("sect_attrs");
            if (pointer.isPresent() && !pointer.get().isZero()) {
                add(pointer.get().dereference(), sections);
            }
        } catch (MemoryFault | MissingMember lost) {
            // Those before are whole.
        }
        return sections;
    }

    private static void add(KernelObject attributes, Map<String, Long> into) {
        if (!attributes.has("nsections")) {
            KernelObject pointers = attributes.member("grp.bin_attrs");
            for (int i = 0; i < MOST_SECTIONS && !pointers.element(i).isZero(); i++) {
                KernelObject attribute = pointers.element(i).dereference();
                into.put(
                        attribute.member("attr.name").string(),
                        attribute.member("private").unsigned());
            }
            return;
        }
        long count = Math.min(attributes.member("nsections").unsigned(), MOST_SECTIONS);
        KernelObject all = attributes.member("attrs");
        for (int i = 0; i < count; i++) {
            KernelObject attribute = all.element(i);
            KernelObject name = attribute.firstOf("battr.attr.name", "mattr.attr.name", "name");
            into.put(name.string(), attribute.member("address").unsigned());
        }
    }
}
