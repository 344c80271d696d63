package dev.forebay.understore.hadoop.inside;

/** The contract over a file system whose rename never replaces. */
class StubbornPlaceTest extends PrivatePlaceTest {
    @Override
    protected Class<?> fileSystem() {
        return StubbornFileSystem.class;
    }
}
