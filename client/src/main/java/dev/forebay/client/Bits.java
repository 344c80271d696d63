package dev.forebay.client;

/** What one class of users may do, in the order of the octal digit: NONE is 0, ALL is 7. */
public enum Bits {
    /** Nothing. */
    NONE(0),
    /** Execute a file, pass through a directory. */
    EXECUTE(1),
    /** Write. */
    WRITE(2),
    /** Write and execute. */
    WRITE_EXECUTE(3),
    /** Read. */
    READ(4),
    /** Read and execute. */
    READ_EXECUTE(5),
    /** Read and write. */
    READ_WRITE(6),
    /** Everything. */
    ALL(7);

    private final int digit;

    Bits(int digit) {
        this.digit = digit;
    }

    /** The octal digit, 0 to 7. */
    public int digit() {
        return digit;
    }

    /**
     * The bits of an octal digit.
     *
     * @param digit 0 to 7; higher bits are ignored
     */
    public static Bits of(int digit) {
        return switch (digit & 7) {
            case 0 -> NONE;
            case 1 -> EXECUTE;
            case 2 -> WRITE;
            case 3 -> WRITE_EXECUTE;
            case 4 -> READ;
            case 5 -> READ_EXECUTE;
            case 6 -> READ_WRITE;
            default -> ALL;
        };
    }

    /** Three characters, such as {@code rw-}. */
    @Override
    public String toString() {
        return ((digit() & 4) != 0 ? "r" : "-")
                + ((digit() & 2) != 0 ? "w" : "-")
                + ((digit() & 1) != 0 ? "x" : "-");
    }
}
