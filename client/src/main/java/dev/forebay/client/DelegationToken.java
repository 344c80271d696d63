package dev.forebay.client;

/**
 * What stands in for a user's authentication for a while. Who has the text can act as the user.
 *
 * @param text in the form that Hadoop gives tokens in URLs and files
 */
public record DelegationToken(String text) {
    /** Does not show the secret. */
    @Override
    public String toString() {
        return "DelegationToken[...]";
    }
}
