"""write and the Writer, with every kind of body."""

import io

import pytest

from support import MIB, content, read


def test_many_writes(client, root):
    pieces = [content(number, seed=number) for number in range(1, 201)]
    with client.open(root + '/f', 'w') as writer:
        for piece in pieces:
            assert writer.write(piece) == len(piece)
    assert read(client, root + '/f') == b''.join(pieces)


def test_writers_of_one_stream_append(client, root):
    stream = client.create_file(root + '/f')
    for piece in (b'one ', b'two ', b'three'):
        writer = client.write(stream)
        writer.write(piece)
        writer.close()
    client.close(stream)
    assert read(client, root + '/f') == b'one two three'


@pytest.mark.parametrize('name, body, expected', [
    ('text', 'h\u00e4\u00df \u65e5', 'h\u00e4\u00df \u65e5'.encode()),
    ('empty', b'', b''),
    ('bytearray', bytearray(b'x' * 1000), b'x' * 1000),
    ('file', io.BytesIO(b'y' * 300000), b'y' * 300000),
])
def test_bodies(client, root, name, body, expected):
    with client.open(root + '/' + name, 'w') as writer:
        assert writer.write(body) == len(expected)
    assert read(client, root + '/' + name) == expected


def test_generator_body(client, root):
    pieces = [content(number * 97, seed=number) for number in range(1, 200)]
    with client.open(root + '/f', 'w') as writer:
        assert writer.write(iter(pieces)) == sum(map(len, pieces))
        assert writer.write(piece for piece in [b'and', b' more']) == 8
    assert read(client, root + '/f') == b''.join(pieces) + b'and more'


def test_empty_generator_body(client, root):
    with client.open(root + '/f', 'w') as writer:
        assert writer.write(iter([])) == 0
    assert client.get_status(root + '/f').length == 0


def test_local_file_body(client, root, tmp_path):
    (tmp_path / 'f').write_bytes(content(3 * MIB))
    with client.open(root + '/f', 'w') as writer, open(tmp_path / 'f', 'rb') as local:
        assert writer.write(local) == 3 * MIB
    assert read(client, root + '/f') == content(3 * MIB)


@pytest.mark.forebay_only
def test_dict_body_is_stored_as_the_client_encodes_it(client, root):
    with client.open(root + '/f', 'w') as writer:
        assert writer.write({'a': 'b c'}) == 5
    assert read(client, root + '/f') == b'a=b+c'


def test_error_in_user_code_completes_what_was_written(client, root):
    with pytest.raises(KeyError):
        with client.open(root + '/f', 'w') as writer:
            writer.write(b'partial')
            raise KeyError('user code')
    assert client.get_status(root + '/f').completed
    assert read(client, root + '/f') == b'partial'


@pytest.mark.forebay_only
def test_generator_that_fails_midway_keeps_the_stream_usable(client, root):
    def body():
        yield b'x' * 100000
        raise KeyError('user code')

    stream = client.create_file(root + '/f')
    with pytest.raises(KeyError):
        client.write(stream).write(body())
    client.session.close()
    # the server hears of the broken connection in its own time; writes run one after the other
    assert client.write(stream).write(b'end') == 3
    client.close(stream)
    stored = read(client, root + '/f')
    assert stored.endswith(b'end')
    assert stored[:-3] == b'x' * (len(stored) - 3) and len(stored) <= 100003
