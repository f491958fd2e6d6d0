package io.inquest.makedumpfile.vmcoreinfo;

import io.inquest.kernel.VmcoreInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// The text that makedumpfile's `-g` writes: its keys in its order, then those that it leaves out.
///
/// A key that this kernel does not have is left out.
public final class VmcoreInfoText {

    private static final List<Key> SYMBOLS = Stream.of(
                    "mem_map vmem_map mem_section pkmap_count pkmap_count_next system_utsname init_uts_ns _stext",
                    "swapper_pg_dir init_level4_pgt level4_kernel_pgt init_top_pgt vmlist vmap_area_list",
                    "node_online_map node_states node_data pgdat_list contig_page_data prb clear_seq log_buf",
                    "log_buf_len log_end log_first_idx clear_idx log_next_idx max_pfn high_memory",
                    "node_remap_start_vaddr node_remap_end_vaddr node_remap_start_pfn vmemmap_list mmu_psize_defs",
                    "mmu_vmemmap_psize cpu_pgd demote_segment_4k cur_cpu_spec free_huge_page")
            .flatMap(line -> Stream.of(line.split(" ")))
            .map(Key::symbol)
            .toList();

    private static final List<Key> SIZES = Stream.of(
                    "page mem_section pglist_data zone free_area list_head node_memblk_s nodemask_t pageflags",
                    "vmemmap_backing mmu_psize_def printk_ringbuffer prb_desc printk_info latched_seq printk_log log")
            .flatMap(line -> Stream.of(line.split(" ")))
            .map(Key::size)
            .toList();

    private static final List<Key> OFFSETS = List.of(
            Key.offset("page", "flags"),
            Key.offset("page", "_refcount", "_count"),
            Key.offset("page", "mapping"),
            Key.offset("page", "lru"),
            Key.offset("page", "_mapcount"),
            Key.offset("page", "private"),
            Key.offset("page", "compound_dtor"),
            Key.offset("page", "compound_order"),
            Key.offset("page", "compound_head"),
            Key.offset("folio", "_folio_dtor"),
            Key.offset("folio", "_folio_order"),
            Key.offset("mem_section", "section_mem_map"),
            Key.offset("pglist_data", "node_zones"),
            Key.offset("pglist_data", "nr_zones"),
            Key.offset("pglist_data", "node_mem_map"),
            Key.offset("pglist_data", "node_start_pfn"),
            Key.offset("pglist_data", "node_spanned_pages"),
            Key.offset("pglist_data", "pgdat_next"),
            Key.offset("zone", "free_pages"),
            Key.offset("zone", "free_area"),
            Key.offset("zone", "vm_stat"),
            Key.offset("zone", "spanned_pages"),
            Key.offset("free_area", "free_list"),
            Key.offset("list_head", "next"),
            Key.offset("list_head", "prev"),
            Key.offset("node_memblk_s", "start_paddr"),
            Key.offset("node_memblk_s", "size"),
            Key.offset("node_memblk_s", "nid"),
            Key.offset("vm_struct", "addr"),
            Key.offset("vmap_area", "va_start"),
            Key.offset("vmap_area", "list"),
            Key.offset("vmemmap_backing", "phys"),
            Key.offset("vmemmap_backing", "virt_addr"),
            Key.offset("vmemmap_backing", "list"),
            Key.offset("mmu_psize_def", "shift"),
            Key.offset("cpu_spec", "mmu_features"),
            Key.offset("printk_ringbuffer", "desc_ring"),
            Key.offset("printk_ringbuffer", "text_data_ring"),
            Key.offset("prb_desc_ring", "count_bits"),
            Key.offset("prb_desc_ring", "descs"),
            Key.offset("prb_desc_ring", "infos"),
            Key.offset("prb_desc_ring", "head_id"),
            Key.offset("prb_desc_ring", "tail_id"),
            Key.offset("prb_desc", "state_var"),
            Key.offset("prb_desc", "text_blk_lpos"),
            Key.offset("prb_data_blk_lpos", "begin"),
            Key.offset("prb_data_blk_lpos", "next"),
            Key.offset("prb_data_ring", "size_bits"),
            Key.offset("prb_data_ring", "data"),
            Key.offset("printk_info", "ts_nsec"),
            Key.offset("printk_info", "text_len"),
            Key.offset("printk_info", "caller_id"),
            Key.offset("atomic_long_t", "counter"),
            Key.offset("latched_seq", "val"),
            Key.offset("printk_log", "ts_nsec"),
            Key.offset("printk_log", "len"),
            Key.offset("printk_log", "text_len"),
            Key.offset("printk_log", "caller_id"),
            Key.offset("log", "ts_nsec"),
            Key.offset("log", "len"),
            Key.offset("log", "text_len"),
            Key.offset("uts_namespace", "name"));

    private static final List<Key> LENGTHS = List.of(
            Key.length("node_data"),
            Key.length("pgdat_list"),
            Key.length("mem_section"),
            Key.length("node_memblk"),
            Key.memberLength("zone", "free_area"),
            Key.memberLength("free_area", "free_list"),
            Key.length("node_remap_start_pfn"));

    private static final List<Key> NUMBERS = List.of(
            Key.enumerator("NR_FREE_PAGES"),
            Key.enumerator("N_ONLINE"),
            Key.enumerator("PG_lru"),
            Key.enumerator("PG_private"),
            Key.number("PG_head_mask", facts -> bitMask(facts.enumerator("PG_head"))),
            Key.enumerator("PG_swapcache"),
            Key.enumerator("PG_swapbacked"),
            Key.enumerator("PG_buddy"),
            Key.enumerator("PG_slab"),
            Key.enumerator("PG_hwpoison"),
            Key.enumerator("PG_hugetlb"),
            Key.enumerator("HUGETLB_PAGE_DTOR"));

    /// What makedumpfile cannot make or does not ask: marks of page types, where kallsyms is, what the log is made
    /// of, and what a kernel since 7.1 has instead of `page.compound_head`.
    private static final List<Key> LEFT_OUT_BY_MAKEDUMPFILE = List.of(
            Key.offset("page", "compound_info"),
            Key.number("SECTION_SIZE_BITS", KernelFacts::sectionSizeBits),
            Key.number("PAGE_BUDDY_MAPCOUNT_VALUE", PageTypes::buddy),
            Key.number("PAGE_OFFLINE_MAPCOUNT_VALUE", PageTypes::offline),
            Key.number("PAGE_HUGETLB_MAPCOUNT_VALUE", facts -> PageTypes.named(facts, "PGTY_hugetlb")),
            Key.number("PAGE_SLAB_MAPCOUNT_VALUE", facts -> PageTypes.named(facts, "PGTY_slab")),
            Key.number("PAGE_UNACCEPTED_MAPCOUNT_VALUE", facts -> PageTypes.named(facts, "PGTY_unaccepted")),
            Key.offset("printk_info", "seq"),
            Key.offset("printk_info", "dev_info"),
            Key.offset("dev_printk_info", "subsystem"),
            Key.offset("dev_printk_info", "device"),
            Key.offset("printk_ringbuffer", "fail"),
            Key.offset("prb_data_ring", "head_lpos"),
            Key.offset("prb_data_ring", "tail_lpos"),
            Key.offset("printk_log", "dict_len"),
            Key.offset("log", "dict_len"),
            Key.offset("pglist_data", "node_id"),
            Key.size("prb_desc_ring"),
            Key.size("prb_data_ring"),
            Key.size("prb_data_blk_lpos"),
            Key.size("dev_printk_info"),
            Key.size("atomic_long_t"),
            Key.symbol("printk_rb_static"),
            Key.symbol("logged_chars"),
            Key.symbol("kallsyms_names"),
            Key.symbol("kallsyms_num_syms"),
            Key.symbol("kallsyms_token_table"),
            Key.symbol("kallsyms_token_index"),
            Key.symbol("kallsyms_offsets"),
            Key.symbol("kallsyms_addresses"),
            Key.symbol("kallsyms_relative_base"));

    /// All keys in the order in which they are written.
    static final List<Key> KEYS = Stream.of(SYMBOLS, SIZES, OFFSETS, LENGTHS, NUMBERS, LEFT_OUT_BY_MAKEDUMPFILE)
            .flatMap(List::stream)
            .toList();

    private VmcoreInfoText() {}

    /// The text for a kernel of that release.
    ///
    /// `note` is the vmcoreinfo of its dump, empty if there is none. Its lines win over what types say, since
    /// a kernel exports the value of some pointers as their symbol (`mem_section` since 4.15), and those that
    /// only it has are added at the end.
    public static String of(String release, long pageBytes, KernelFacts facts, VmcoreInfo note) {
        StringBuilder text = new StringBuilder();
        text.append("OSRELEASE=")
                .append(release)
                .append("\nPAGESIZE=")
                .append(pageBytes)
                .append('\n');
        Set<String> written = new HashSet<>(Set.of("OSRELEASE", "PAGESIZE", "CRASHTIME"));
        for (Key key : KEYS) {
            Optional<String> line = note.string(key.text())
                    .map(value -> key.text() + "=" + value)
                    .or(() -> key.line(facts));
            if (line.isPresent() && written.add(key.text())) {
                text.append(line.get()).append('\n');
            }
        }
        for (String line : note.text().lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && written.add(line.substring(0, equals))) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    private static OptionalLong bitMask(OptionalLong bit) {
        return bit.isPresent() ? OptionalLong.of(1L << bit.getAsLong()) : bit;
    }
}
