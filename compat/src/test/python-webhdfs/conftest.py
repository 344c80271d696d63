"""What every test of the official clients shares: a client, a folder of its own.

The server is named by WEBHDFS_HOST and WEBHDFS_PORT, its superuser by WEBHDFS_USER. Optional:
FOREBAY_SLOW=1 for the tests marked slow.
"""

import os
import signal
import uuid

import fsspec
import hdfs
import pytest
import requests

TEST_SECONDS = 180
SLOW_TEST_SECONDS = 900

HOST, PORT, USER = (os.environ.get('WEBHDFS_' + name) for name in ('HOST', 'PORT', 'USER'))
URL = 'http://%s:%s' % (HOST, PORT)


def pytest_configure(config):
    if not (HOST and PORT and USER):
        pytest.exit('set WEBHDFS_HOST, WEBHDFS_PORT and WEBHDFS_USER', returncode=2)


def pytest_collection_modifyitems(config, items):
    for item in items:
        if item.get_closest_marker('slow') and os.environ.get('FOREBAY_SLOW') != '1':
            item.add_marker(pytest.mark.skip(reason='slow'))


@pytest.fixture(autouse=True)
def time_limit(request):
    """A server that hangs fails the test that it hangs, not the whole run."""
    slow = request.node.get_closest_marker('slow')
    signal.signal(signal.SIGALRM, expire)
    signal.alarm(SLOW_TEST_SECONDS if slow else TEST_SECONDS)
    yield
    signal.alarm(0)


def expire(*_):
    raise AssertionError('the test took too long')


@pytest.fixture
def client():
    """The package hdfs, as the superuser."""
    return hdfs.InsecureClient(URL, user=USER)


@pytest.fixture
def stranger():
    """The package hdfs, as a user who owns nothing."""
    return hdfs.InsecureClient(URL, user='stranger')


@pytest.fixture
def fs():
    """fsspec, as the superuser."""
    return fsspec.filesystem(
        'webhdfs', host=HOST, port=int(PORT), user=USER, skip_instance_cache=True)


@pytest.fixture
def root(client):
    """A fresh folder that no other test uses, removed afterwards."""
    path = '/t' + uuid.uuid4().hex
    client.makedirs(path)
    yield path
    client.delete(path, recursive=True)


class Raw:
    """The protocol without a client in between; never follows a redirect."""

    def __init__(self):
        self.session = requests.Session()

    def __call__(self, method, path, op, body=None, headers=None, **parameters):
        parameters = {'op': op, 'user.name': USER, **parameters}
        return self.session.request(
            method, URL + '/webhdfs/v1' + path, params=parameters, data=body, headers=headers,
            allow_redirects=False)


@pytest.fixture
def raw():
    return Raw()
