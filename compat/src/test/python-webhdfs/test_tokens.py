"""Delegation tokens in the hands of the clients."""

import fsspec
import hdfs
import pytest

from conftest import HOST, PORT, URL, USER


@pytest.fixture
def token(fs):
    return fs.get_delegation_token(renewer=USER)


def test_hdfs_shows_a_token(token, root):
    client = hdfs.TokenClient(URL, token)
    client.write(root + '/f', b'by token')
    with client.read(root + '/f') as reader:
        assert reader.read() == b'by token'
    assert client.status(root + '/f')['owner'] == USER


def test_fsspec_shows_a_token(token, root):
    fs = fsspec.filesystem(
        'webhdfs', host=HOST, port=int(PORT), token=token, skip_instance_cache=True)
    with fs.open(root + '/f', 'wb') as writer:
        writer.write(b'by token')
    assert fs.cat(root + '/f') == b'by token'
    assert fs.home_directory() == '/user/' + USER


def test_a_token_is_renewed_and_cancelled(fs, token):
    assert fs.renew_delegation_token(token) > 0
    fs.cancel_delegation_token(token)
    with pytest.raises(hdfs.HdfsError):
        hdfs.TokenClient(URL, token).list('/')
    shown = fsspec.filesystem(
        'webhdfs', host=HOST, port=int(PORT), token=token, skip_instance_cache=True)
    with pytest.raises(Exception):
        shown.ls('/')
