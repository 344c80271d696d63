"""Modes, owners, users, copies, tokens, encryption zones, the map, configuration."""

import os
import pickle

import pytest

import hdfs3
from hdfs3.conf import guess_config, reset_to_defaults
from support import HOST, PORT, SUPERUSER, connect, write


def test_modes(hdfs, home):
    path = write(hdfs, home + '/f')
    for mode in (0o500, 0o1755, 0o777, 0):
        hdfs.chmod(path, mode)
        assert hdfs.info(path)['permissions'] == mode
    with pytest.raises(FileNotFoundError):
        hdfs.chmod(home + '/missing', 0o700)


def test_owners(hdfs, home):
    path = write(hdfs, home + '/f')
    hdfs.chown(path, 'ann', 'staff')
    assert (hdfs.info(path)['owner'], hdfs.info(path)['group']) == ('ann', 'staff')
    hdfs.chown(path, '', 'others')
    assert (hdfs.info(path)['owner'], hdfs.info(path)['group']) == ('ann', 'others')
    with pytest.raises(FileNotFoundError):
        hdfs.chown(home + '/missing', 'ann', 'staff')


def test_other_users_have_other_rights(hdfs, home):
    ann = connect(user='ann')
    hdfs.chmod(home, 0o777)
    path = write(ann, home + '/f', b'mine')
    assert hdfs.info(path)['owner'] == 'ann'
    ann.chmod(path, 0o600)
    bob = connect(user='bob')
    with pytest.raises(IOError, match='Permission denied'):
        bob.cat(path)
    with pytest.raises(IOError, match='Permission denied'):
        bob.open(path, 'ab')
    with pytest.raises(IOError, match='chmod failed'):
        bob.chmod(path, 0o777)
    with pytest.raises(IOError, match='chown failed'):
        ann.chown(path, 'bob', 'bob')
    with pytest.raises(IOError, match='Permission denied'):
        bob.mkdir('/not-for-bob')
    assert ann.cat(path) == b'mine'


def test_copies_are_a_number(hdfs, home):
    path = write(hdfs, home + '/f')
    assert hdfs.info(path)['replication'] == 3
    hdfs.set_replication(path, 2)
    assert hdfs.info(path)['replication'] == 2
    with pytest.raises(ValueError):
        hdfs.set_replication(path, -1)
    with pytest.raises(IOError, match='Set replication failed'):
        hdfs.set_replication(home, 2)


# libhdfs3 shows a token only when told that callers are authenticated
SECURE = {'hadoop.security.authentication': 'kerberos', 'rpc.client.connect.retry': '1'}


def test_tokens(hdfs, home):
    hdfs.chmod(home, 0o777)
    token = connect(user='ann').delegate_token('ann')
    bearer = connect(user='nobody', token=token, pars=SECURE)
    path = write(bearer, home + '/f', b'by token')
    assert hdfs.info(path)['owner'] == 'ann'
    assert bearer.cat(path) == b'by token'
    bearer.disconnect()
    with pytest.raises(RuntimeError):
        connect(token='nonsense', ticket_cache='/none')


def test_tokens_are_renewed_and_cancelled(hdfs):
    token = hdfs.delegate_token(SUPERUSER)
    assert hdfs.renew_token(token) > 1500000000
    hdfs.cancel_token(token)
    with pytest.raises(RuntimeError):
        hdfs.cancel_token(token)
    assert hdfs.renew_token(token) == -1
    with pytest.raises(IOError, match='Connection Failed'):
        connect(token=token, pars=SECURE)


def test_encryption_zones_are_refused(hdfs, home):
    with pytest.raises(IOError, match='EZ listing failed'):
        hdfs.list_encryption_zones()
    with pytest.raises(IOError, match='EZ create failed'):
        hdfs.create_encryption_zone(home, 'key')


def test_the_map(hdfs, home):
    files = hdfs3.HDFSMap(hdfs, home + '/map', check=True)
    assert list(files) == [] and len(files) == 0
    files['x'] = b'123'
    files[1, 2] = b'456'
    assert files['x'] == b'123' and files[1, 2] == b'456'
    assert 'x' in files and 'y' not in files
    assert sorted(files) == ['(1, 2)', 'x']
    assert dict(files.items())['x'] == b'123'
    files['x'] = bytearray(b'other')
    assert files.pop('x') == b'other'
    assert len(files) == 1
    with pytest.raises(KeyError):
        files['x']
    with pytest.raises(ValueError):
        files['a/b'] = b''
    assert pickle.loads(pickle.dumps(files))[1, 2] == b'456'
    files.clear()
    assert list(files) == []


def test_connections(hdfs):
    client = connect()
    client.connect()
    assert 'Connected' in repr(client)
    client.disconnect()
    assert 'Disconnected' in repr(client)
    with pytest.raises(IOError):
        client.open('/f')
    with pytest.raises(hdfs3.core.ConnectionError):
        hdfs3.HDFileSystem('127.0.0.1', port=1, autoconf=False,
                           pars={'rpc.client.connect.retry': '1'})


def test_configuration_is_found(monkeypatch):
    monkeypatch.setenv('HADOOP_CONF_DIR', os.environ['HDFS_CONF'])
    monkeypatch.delenv('LIBHDFS3_CONF', raising=False)
    guess_config()
    try:
        client = hdfs3.HDFileSystem()
        assert (client.host, client.port) == (HOST, PORT)
        assert client.exists('/')
        assert os.environ.pop('LIBHDFS3_CONF').startswith(os.environ['HDFS_CONF'])
    finally:
        reset_to_defaults()
