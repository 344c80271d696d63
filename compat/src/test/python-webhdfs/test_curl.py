"""curl, as the pages of Hadoop's documentation use it."""

import json
import subprocess

import pytest

from conftest import URL, USER
from support import MIB, content


def curl(*arguments):
    done = subprocess.run(
        ['curl', '-sS', '--fail-with-body', '--max-time', '120', *arguments],
        capture_output=True, check=True)
    return done.stdout


def at(path, op, **parameters):
    query = ''.join('&%s=%s' % each for each in parameters.items())
    return '%s/webhdfs/v1%s?op=%s&user.name=%s%s' % (URL, path, op, USER, query)


@pytest.fixture
def local(tmp_path):
    path = tmp_path / 'local'
    path.write_bytes(content(3 * MIB))
    return path


def test_two_steps_followed_by_curl(root, local):
    curl('-L', '-X', 'PUT', '-T', str(local), at(root + '/f', 'CREATE'))
    assert curl('-L', at(root + '/f', 'OPEN')) == content(3 * MIB)
    assert curl('-L', at(root + '/f', 'OPEN', offset=5, length=3)) == content(3 * MIB)[5:8]


def test_two_steps_by_hand(root, local):
    head = curl('-i', '-X', 'PUT', at(root + '/f', 'CREATE')).decode()
    location = [line for line in head.splitlines() if line.lower().startswith('location:')][0]
    curl('-X', 'PUT', '-T', str(local), location.split(': ', 1)[1])
    head = curl('-i', '-X', 'POST', at(root + '/f', 'APPEND')).decode()
    location = [line for line in head.splitlines() if line.lower().startswith('location:')][0]
    curl('-X', 'POST', '-T', str(local), location.split(': ', 1)[1])
    assert curl(at(root + '/f', 'OPEN')) == 2 * content(3 * MIB)


def test_upload_from_a_pipe(root, local):
    with local.open('rb') as source:
        subprocess.run(
            ['curl', '-sS', '--fail', '-X', 'PUT', '-T', '-', at(root + '/f', 'CREATE')],
            stdin=source, check=True)
    assert curl(at(root + '/f', 'OPEN')) == content(3 * MIB)


def test_data_of_a_form(root):
    curl('-L', '-X', 'PUT', '-H', 'Content-Type: application/octet-stream', '--data-binary',
         'a+b&c=d', at(root + '/f', 'CREATE'))
    assert curl(at(root + '/f', 'OPEN')) == b'a+b&c=d'


def test_namespace(root):
    assert json.loads(curl('-X', 'PUT', at(root + '/d', 'MKDIRS'))) == {'boolean': True}
    moved = curl('-X', 'PUT', at(root + '/d', 'RENAME', destination=root + '/e'))
    assert json.loads(moved) == {'boolean': True}
    assert json.loads(curl('-X', 'DELETE', at(root + '/e', 'DELETE'))) == {'boolean': True}
    assert json.loads(curl('-X', 'DELETE', at(root + '/e', 'DELETE'))) == {'boolean': False}
