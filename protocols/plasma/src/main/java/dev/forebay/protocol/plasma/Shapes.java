package dev.forebay.protocol.plasma;

import dev.forebay.protocol.plasma.TableShape.Field;

/** The tables of plasma.fbs that have fields, named by what they are for. */
final class Shapes {
    static final TableShape EMPTY = TableShape.of();
    static final TableShape ONE_ID = TableShape.of(Field.REFERENCE);
    static final TableShape ONE_ERROR = TableShape.of(Field.NUMBER);
    static final TableShape ONE_LONG = TableShape.of(Field.LONG_NUMBER);
    static final TableShape ONE_VECTOR = TableShape.of(Field.REFERENCE);
    static final TableShape ID_AND_NUMBER = TableShape.of(Field.REFERENCE, Field.NUMBER);
    static final TableShape CREATE_REQUEST =
            TableShape.of(
                    Field.REFERENCE,
                    Field.FLAG,
                    Field.LONG_NUMBER,
                    Field.LONG_NUMBER,
                    Field.NUMBER);
    static final TableShape CREATE_REPLY =
            TableShape.of(
                    Field.REFERENCE, Field.SPEC, Field.NUMBER, Field.NUMBER, Field.LONG_NUMBER);
    static final TableShape CREATE_AND_SEAL_REQUEST =
            TableShape.of(
                    Field.REFERENCE, Field.FLAG, Field.REFERENCE, Field.REFERENCE, Field.REFERENCE);
    static final TableShape SEAL_REQUEST = TableShape.of(Field.REFERENCE, Field.REFERENCE);
    static final TableShape GET_REQUEST = TableShape.of(Field.REFERENCE, Field.LONG_NUMBER);
    static final TableShape GET_REPLY =
            TableShape.of(Field.REFERENCE, Field.REFERENCE, Field.REFERENCE, Field.REFERENCE);
    static final TableShape DELETE_REQUEST = TableShape.of(Field.NUMBER, Field.REFERENCE);
    static final TableShape DELETE_REPLY =
            TableShape.of(Field.NUMBER, Field.REFERENCE, Field.REFERENCE);
    static final TableShape SET_OPTIONS_REQUEST = TableShape.of(Field.REFERENCE, Field.LONG_NUMBER);
    static final TableShape OBJECT_INFO =
            TableShape.of(
                    Field.REFERENCE,
                    Field.LONG_NUMBER,
                    Field.LONG_NUMBER,
                    Field.NUMBER,
                    Field.LONG_NUMBER,
                    Field.LONG_NUMBER,
                    Field.REFERENCE,
                    Field.FLAG);

    private Shapes() {}
}
