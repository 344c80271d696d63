"""put and get of Python values: numbers, containers, numpy, pandas, Arrow."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.plasma as plasma
import pytest

from support import new_id

VALUES = [None, True, 7, -1 << 62, 1.5, 'text', 'näme', b'bytes', [], [1, 'two', 3.0],
          (1, (2, 3)), {'a': 1, 'b': [2]}, {1, 2}, np.float32(3)]


@pytest.mark.parametrize('value', VALUES, ids=repr)
def test_plain_values(client, other, value):
    assert other.get(client.put(value)) == value


@pytest.mark.parametrize('dtype', ['i1', 'u2', 'i4', 'f4', 'f8', 'c16', 'bool', 'U5', 'M8[ns]'])
@pytest.mark.parametrize('shape', [(0,), (1000,), (10, 20, 3)])
def test_numpy(client, other, dtype, shape):
    value = np.zeros(shape, dtype=dtype)
    got = other.get(client.put(value))
    assert got.dtype == value.dtype and got.shape == value.shape
    np.testing.assert_array_equal(got, value)


def test_numpy_is_not_copied(client, other):
    value = np.random.default_rng(1).random(100000)
    got = other.get(client.put(value))
    np.testing.assert_array_equal(got, value)
    assert not got.flags.owndata and not got.flags.writeable


def test_objects_of_numpy(client, other):
    value = {'weights': [np.arange(10.0), np.arange(20.0)], 'name': 'layer'}
    got = other.get(client.put(value))
    np.testing.assert_array_equal(got['weights'][1], value['weights'][1])
    assert got['name'] == 'layer'


def test_pandas(client, other):
    frame = pd.DataFrame({'number': range(1000), 'text': ['t%d' % n for n in range(1000)],
                          'time': pd.date_range('2020-01-01', periods=1000, freq='min')})
    pd.testing.assert_frame_equal(other.get(client.put(frame)), frame)


def test_arrow_batch(client, other):
    batch = pa.RecordBatch.from_pydict({'a': list(range(1000)), 'b': ['x'] * 1000})
    size = pa.MockOutputStream()
    with pa.RecordBatchStreamWriter(size, batch.schema) as writer:
        writer.write_batch(batch)
    object_id = new_id()
    buffer = client.create(object_id, size.size())
    with pa.RecordBatchStreamWriter(pa.FixedSizeBufferWriter(buffer), batch.schema) as writer:
        writer.write_batch(batch)
    client.seal(object_id)
    [buffer] = other.get_buffers([object_id])
    assert pa.ipc.open_stream(buffer).read_next_batch().equals(batch)


def test_several_at_once(client, other):
    ids = [client.put(value) for value in VALUES]
    assert other.get(ids) == VALUES


def test_absent(client):
    assert client.get(new_id(), timeout_ms=0) is plasma.ObjectNotAvailable
    assert client.get([new_id(), client.put(1)], timeout_ms=10) == [plasma.ObjectNotAvailable, 1]


def test_given_id(client, other):
    object_id = new_id()
    assert client.put('value', object_id=object_id) == object_id
    assert other.get(object_id) == 'value'
