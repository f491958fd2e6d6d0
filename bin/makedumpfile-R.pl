#!/usr/bin/env perl
# Makes a dump file of makedumpfile's flattened format, which comes by standard input.
#
#   makedumpfile -F … | ssh host makedumpfile-R.pl FILE
#
# For hosts that only receive dumps: this needs Perl and nothing else. `makedumpfile -R` does the same. As the script of
# that name that comes with makedumpfile it takes one argument and replaces an existing file; unlike that one it ends
# with 1 when it failed, and at once when the stream is cut.
#
# The stream is 4096 bytes of header ("makedumpfile", type 1, version 1, the rest zero), then records of an offset, a
# size and that many bytes; numbers are big-endian and have 64 bits. The last record has -1 for both. Records come in
# any order, and a later one overwrites what an earlier one wrote.

use strict;
use warnings;
use Fcntl qw(O_WRONLY O_CREAT O_TRUNC SEEK_SET);

use constant {
    SIGNATURE    => "makedumpfile\0\0\0\0",
    TYPE         => 1,
    VERSION      => 1,
    HEADER_BYTES => 4096,
    PIECE_BYTES  => 256 * 1024,
    BLOCK_BYTES  => 4096,
};

if (@ARGV == 1 && $ARGV[0] =~ /^(?:-h|--help)$/) {
    print usage();
    exit 0;
}
if (@ARGV != 1 || $ARGV[0] =~ /^-/) {
    print STDERR usage();
    exit 1;
}
my $path = $ARGV[0];
my $length = 0;    # of the dump file so far, holes included
eval { rearrange(); 1 } or do {
    my $reason = $@;
    $reason =~ s/ at \S+ line \d+(?:, <STDIN>.*)?\.\n\z/\n/;
    print STDERR "makedumpfile-R.pl: $reason";
    print "Failed.\n";
    exit 1;
};
print "Completed.\n";
exit 0;

sub usage {
    return "Usage: makedumpfile-R.pl FILE < flattened dump\n";
}

sub rearrange {
    binmode STDIN;
    $| = 1;
    read_header();
    # Dumps hold private data: a new file is for its owner only.
    sysopen(my $out, $path, O_WRONLY | O_CREAT | O_TRUNC, 0600) or die "cannot create $path: $!\n";
    binmode $out;
    print "Start re-arranging dump data of flattened format to a dumpfile.\n";
    until (copy_record($out)) { }
    # A file that ends with a hole has no last byte yet.
    truncate($out, $length) or die "cannot set the length of $path: $!\n";
    close($out) or die "cannot write $path: $!\n";
    print "The dumpfile is saved to $path.\n";
}

sub read_header {
    my $header = take(HEADER_BYTES, "the header");
    substr($header, 0, 16) eq SIGNATURE
        or die "standard input is not in makedumpfile's flattened format: it begins with other bytes\n";
    my ($type, $version) = (int64(substr $header, 16, 8), int64(substr $header, 24, 8));
    $type == TYPE       or die "the flattened stream has type $type, expected " . TYPE . "\n";
    $version == VERSION or die "the flattened stream has version $version, expected " . VERSION . "\n";
}

# Copies one record; true when it was the end mark.
sub copy_record {
    my ($out) = @_;
    my $head = take(16, "the next record's header");
    my ($offset, $size) = (int64(substr $head, 0, 8), int64(substr $head, 8, 8));
    return 1 if $offset == -1 && $size == -1;
    $offset >= 0 && $size >= 0 or die "a record has offset $offset and size $size\n";
    while ($size > 0) {
        my $piece = $size < PIECE_BYTES ? $size : PIECE_BYTES;
        store($out, $offset, take($piece, "a record of $size bytes for offset $offset"));
        $offset += $piece;
        $size -= $piece;
    }
    return 0;
}

# Writes what is not zero. A block of zeros stays a hole where nothing was written before.
sub store {
    my ($out, $offset, $bytes) = @_;
    my $end = $offset + length $bytes;
    if ($offset < $length) {
        put($out, $offset, $bytes);
    } else {
        for (my $at = 0; $at < length $bytes; $at += BLOCK_BYTES) {
            my $block = substr $bytes, $at, BLOCK_BYTES;
            put($out, $offset + $at, $block) if $block =~ tr/\0//c;
        }
    }
    $length = $end if $end > $length;
}

sub put {
    my ($out, $offset, $bytes) = @_;
    defined sysseek($out, $offset, SEEK_SET) or die "$path cannot be written at an offset ($!): give a regular file\n";
    my $done = 0;
    while ($done < length $bytes) {
        my $written = syswrite($out, $bytes, length($bytes) - $done, $done);
        defined $written or die "cannot write $path at byte " . ($offset + $done) . ": $!\n";
        $done += $written;
    }
}

# Exactly that many bytes of standard input. The end of it is an error at once: nothing more will come.
sub take {
    my ($wanted, $what) = @_;
    my $bytes = '';
    while (length($bytes) < $wanted) {
        my $got = sysread(STDIN, $bytes, $wanted - length($bytes), length $bytes);
        defined $got or die "cannot read standard input: $!\n";
        $got > 0 or die "the flattened stream ends within $what (wanted $wanted bytes, "
            . length($bytes) . " came): the dump is incomplete\n";
    }
    return $bytes;
}

sub int64 {
    my ($bytes) = @_;
    return unpack('q>', $bytes);
}
