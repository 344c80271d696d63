package dev.forebay.client;

/**
 * The permissions of a path.
 *
 * @param owner what its owner may do
 * @param group what the other members of its group may do
 * @param other what everybody else may do
 */
public record Mode(Bits owner, Bits group, Bits other) {
    /**
     * The mode of three octal digits.
     *
     * @param octal such as 0755; bits above 0777 are ignored
     */
    public static Mode of(int octal) {
        return new Mode(Bits.of(octal >> 6), Bits.of(octal >> 3), Bits.of(octal));
    }

    /**
     * Reads octal digits.
     *
     * @param text one to four octal digits, such as {@code 755} or {@code 0755}
     * @throws FilesException.InvalidArgument when it is anything else
     */
    public static Mode parse(String text) {
        if (!text.matches("0?[0-7]{1,3}")) {
            throw FilesException.of(Status.INVALID_ARGUMENT, "not a mode such as 755", text);
        }
        return of(Integer.parseInt(text, 8));
    }

    /** The mode as a number, 0 to 0777. */
    public int octal() {
        return owner.digit() << 6 | group.digit() << 3 | other.digit();
    }

    /** Nine characters, such as {@code rwxr-xr-x}. */
    @Override
    public String toString() {
        return owner.toString() + group + other;
    }
}
