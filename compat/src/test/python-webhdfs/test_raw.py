"""The protocol itself: what no client shows, and what a client that breaks off leaves behind."""

import json
import socket
import time

import pytest

from conftest import HOST, PORT, URL, USER
from support import MIB, content, error, read

LEGAL = 'java.lang.IllegalArgumentException'
UNSUPPORTED = 'java.lang.UnsupportedOperationException'


@pytest.mark.parametrize('method, op, refusal', [
    ('GET', 'NOSUCH', LEGAL),
    ('GET', '', UNSUPPORTED),
    ('GET', 'MKDIRS', UNSUPPORTED),
    ('PUT', 'OPEN', UNSUPPORTED),
    ('POST', 'DELETE', UNSUPPORTED),
    ('DELETE', 'RENAME', UNSUPPORTED),
    ('PATCH', 'OPEN', UNSUPPORTED),
    ('PUT', 'CREATESYMLINK', UNSUPPORTED),
    ('PUT', 'SETECPOLICY', UNSUPPORTED),
    ('POST', 'UNSETECPOLICY', UNSUPPORTED)])
def test_operations_that_are_not_served(raw, root, method, op, refusal):
    assert error(raw(method, root, op)) == (400, refusal.rsplit('.', 1)[1], refusal)


@pytest.mark.parametrize('method, op, parameters', [
    ('GET', 'OPEN', {'offset': '-1'}),
    ('GET', 'OPEN', {'length': 'x'}),
    ('GET', 'OPEN', {'noredirect': 'maybe'}),
    ('PUT', 'CREATE', {'overwrite': 'yes'}),
    ('PUT', 'CREATE', {'permission': '888'}),
    ('PUT', 'CREATE', {'replication': '0'}),
    ('PUT', 'CREATE', {'replication': '40000'}),
    ('PUT', 'CREATE', {'blocksize': '0'}),
    ('PUT', 'CREATE', {'createflag': 'NOSUCH'}),
    ('PUT', 'RENAME', {}),
    ('PUT', 'RENAME', {'destination': 'relative'}),
    ('PUT', 'RENAME', {'destination': '/x', 'renameoptions': 'NOSUCH'}),
    ('PUT', 'SETOWNER', {}),
    ('PUT', 'SETTIMES', {'accesstime': '-2'}),
    ('PUT', 'SETQUOTABYSTORAGETYPE', {'storagespacequota': '5'}),
    ('PUT', 'SETQUOTABYSTORAGETYPE', {'storagetype': 'SSD'}),
    ('PUT', 'SETQUOTABYSTORAGETYPE', {'storagetype': 'NOSUCH', 'storagespacequota': '5'}),
    ('PUT', 'SETSTORAGEPOLICY', {}),
    ('POST', 'TRUNCATE', {}),
    ('POST', 'TRUNCATE', {'newlength': '-1'}),
    ('GET', 'CHECKACCESS', {}),
    ('GET', 'CHECKACCESS', {'fsaction': 'xyz'}),
    ('GET', 'GETFILESTATUS', {'user.name': ''}),
    ('GET', 'GETFILESTATUS', {'user.name': 'a/b'})])
def test_parameters_that_cannot_be_read(raw, root, method, op, parameters):
    assert error(raw(method, root + '/f', op, **parameters)) == (
        400, 'IllegalArgumentException', LEGAL)


def test_words_are_in_any_case(raw, root):
    assert raw('PUT', root + '/f', 'create', OverWrite='TRUE', Data='True').status_code == 201
    assert raw('GET', root + '/f', 'getFileStatus', NoSuch='1').status_code == 200


def test_paths_that_cannot_be(raw):
    for path in ('/a/%2e%2e%2fb', '/' + 300 * 'x'):
        assert error(raw('GET', path, 'GETFILESTATUS'))[:2] == (400, 'InvalidPathException')


def test_other_urls(raw):
    answer = raw.session.get(URL + '/index.html')
    assert error(answer)[:2] == (404, 'FileNotFoundException')


def test_first_step_names_the_host_that_was_asked(raw, root):
    answer = raw('PUT', root + '/f', 'CREATE', headers={'Host': 'some.host:1234'})
    assert answer.status_code == 307
    assert answer.content == b''
    assert answer.headers['Location'].startswith('http://some.host:1234/webhdfs/v1' + root)
    assert 'user.name=' + USER in answer.headers['Location']
    assert raw('GET', root + '/f', 'GETFILESTATUS').status_code == 404


@pytest.mark.parametrize('method, op', [
    ('PUT', 'CREATE'), ('POST', 'APPEND'), ('GET', 'OPEN'), ('GET', 'GETFILECHECKSUM')])
def test_noredirect(client, raw, root, method, op):
    client.write(root + '/f', b'x')
    answer = raw(method, root + '/f', op, noredirect='true', overwrite='true')
    assert answer.status_code == 200
    location = answer.json()['Location']
    assert 'noredirect' not in location
    again = raw.session.request(method, location, data=b'y' if op in ('CREATE', 'APPEND') else None)
    assert again.status_code == (201 if op == 'CREATE' else 200)
    assert read(client, root + '/f') == {'CREATE': b'y', 'APPEND': b'xy'}.get(op, b'x')


def test_bytes_in_the_first_step_are_taken(client, raw, root):
    answer = raw('PUT', root + '/f', 'CREATE', body=b'one')
    assert (answer.status_code, answer.content) == (201, b'')
    assert answer.headers['Location'].endswith(root + '/f')
    assert raw('POST', root + '/f', 'APPEND', body=iter([b'two', b'three'])).status_code == 200
    assert read(client, root + '/f') == b'onetwothree'
    assert raw('PUT', root + '/e', 'CREATE', data='true').status_code == 201
    assert client.status(root + '/e')['length'] == 0


def test_mask_of_the_client(client, raw, root):
    raw('PUT', root + '/f', 'CREATE', body=b'', data='true', permission='600',
        unmaskedpermission='666')
    assert client.status(root + '/f')['permission'] == '600'
    raw('PUT', root + '/d', 'MKDIRS', unmaskedpermission='1777')
    assert client.status(root + '/d')['permission'] == '1777'


def test_parents_are_not_made_when_told_so(raw, root):
    answer = raw('PUT', root + '/a/b', 'CREATE', body=b'x', createparent='false')
    assert error(answer)[:2] == (404, 'FileNotFoundException')


def test_rename_with_options(client, raw, root):
    client.write(root + '/a', b'a')
    client.write(root + '/b', b'b')

    def rename(source, target, options):
        return raw('PUT', root + source, 'RENAME', destination=root + target, renameoptions=options)

    assert error(rename('/a', '/b', 'NONE'))[:2] == (403, 'FileAlreadyExistsException')
    assert error(rename('/a', '/a', 'NONE'))[:2] == (403, 'FileAlreadyExistsException')
    assert error(rename('/none', '/x', 'NONE'))[:2] == (404, 'FileNotFoundException')
    assert error(rename('/a', '/none/x', 'NONE'))[:2] == (404, 'FileNotFoundException')
    done = rename('/a', '/b', 'OVERWRITE')
    assert (done.status_code, done.content) == (200, b'')
    assert read(client, root + '/b') == b'a'
    client.makedirs(root + '/d/e')
    client.makedirs(root + '/empty')
    assert error(rename('/d', '/d/e/f', 'NONE'))[:2] == (403, 'IOException')
    assert error(rename('/empty', '/d', 'OVERWRITE'))[:2] == (403, 'IOException')
    assert error(rename('/b', '/d', 'OVERWRITE'))[:2] == (403, 'IOException')
    assert rename('/d', '/empty', 'OVERWRITE').status_code == 200
    assert client.list(root) == ['b', 'empty']
    assert error(raw('PUT', '/', 'RENAME', destination=root + '/r', renameoptions='NONE'))[0] == 403


def test_pages_of_a_directory(client, raw, root):
    for number in range(1100):
        client.makedirs(root + '/d%04d' % number)
    first = raw('GET', root, 'LISTSTATUS_BATCH').json()['DirectoryListing']
    names = [each['pathSuffix'] for each in first['partialListing']['FileStatuses']['FileStatus']]
    assert names == ['d%04d' % number for number in range(1000)]
    assert first['remainingEntries'] > 0
    rest = raw('GET', root, 'LISTSTATUS_BATCH', startAfter=names[-1]).json()['DirectoryListing']
    assert len(rest['partialListing']['FileStatuses']['FileStatus']) == 100
    assert rest['remainingEntries'] == 0


def test_truncate_and_concat(client, raw, root):
    client.write(root + '/f', content(100_000))
    assert raw('POST', root + '/f', 'TRUNCATE', newlength=70_000).json() == {'boolean': True}
    assert read(client, root + '/f') == content(100_000)[:70_000]
    assert error(raw('POST', root + '/f', 'TRUNCATE', newlength=70_001))[:2] == (
        400, 'HadoopIllegalArgumentException')
    assert error(raw('POST', root, 'TRUNCATE', newlength=0))[:2] == (404, 'FileNotFoundException')
    client.write(root + '/g', b'g')
    client.write(root + '/h', b'h')
    sources = root + '/g,' + root + '/h'
    assert raw('POST', root + '/f', 'CONCAT', sources=sources).status_code == 200
    assert read(client, root + '/f') == content(100_000)[:70_000] + b'gh'
    assert client.list(root) == ['f']
    assert error(raw('POST', root + '/f', 'CONCAT', sources=root + '/f'))[:2] == (
        400, 'HadoopIllegalArgumentException')
    assert error(raw('POST', root + '/f', 'CONCAT', sources=''))[:2] == (
        400, 'HadoopIllegalArgumentException')


def test_access(client, raw, root):
    client.write(root + '/f', b'', permission='640')
    assert raw('GET', root + '/f', 'CHECKACCESS', fsaction='rw-').content == b''
    other = raw('GET', root + '/f', 'CHECKACCESS', fsaction='r--', **{'user.name': 'stranger'})
    assert error(other) == (403, 'AccessControlException',
                            'org.apache.hadoop.security.AccessControlException')
    assert error(raw('GET', root + '/none', 'CHECKACCESS', fsaction='r--'))[0] == 404


def test_impersonation(raw, root):
    answer = raw('GET', root, 'GETFILESTATUS', doas='bob', **{'user.name': 'stranger'})
    assert error(answer) == (403, 'AuthorizationException',
                             'org.apache.hadoop.security.authorize.AuthorizationException')


def test_quotas(client, raw, root):
    client.makedirs(root + '/q')
    assert error(raw('PUT', root + '/q', 'SETQUOTA'))[0] == 400
    assert raw('PUT', root + '/q', 'SETQUOTA', namespacequota=2,
               storagespacequota=MIB).status_code == 200
    client.write(root + '/q/a', b'123', blocksize=MIB)
    usage = raw('GET', root + '/q', 'GETQUOTAUSAGE').json()['QuotaUsage']
    assert (usage['quota'], usage['spaceQuota']) == (2, MIB)
    assert (usage['fileAndDirectoryCount'], usage['spaceConsumed']) == (2, 3)
    over = raw('PUT', root + '/q/b', 'MKDIRS')
    assert error(over)[:2] == (403, 'NSQuotaExceededException')
    assert raw('PUT', root + '/q', 'SETQUOTA', namespacequota=-1).status_code == 200
    assert raw('PUT', root + '/q/b', 'MKDIRS').json() == {'boolean': True}
    with pytest.raises(Exception, match='DiskSpace quota of .* is exceeded'):
        client.write(root + '/q/c', content(MIB), blocksize=MIB)
    assert client.status(root + '/q/c', strict=False) is None
    stranger = raw('PUT', root + '/q', 'SETQUOTA', namespacequota=9, **{'user.name': 'stranger'})
    assert error(stranger)[:2] == (403, 'AccessControlException')
    assert error(raw('PUT', root + '/q/a', 'SETQUOTA', namespacequota=9))[0] == 403


def test_extended_attributes(client, raw, root):
    client.write(root + '/f', b'1')
    path = root + '/f'

    def put(flag='CREATE', **parameters):
        return raw('PUT', path, 'SETXATTR', flag=flag, **parameters)

    assert put(**{'xattr.name': 'user.text', 'xattr.value': '"one"'}).status_code == 200
    assert put(**{'xattr.name': 'USER.hex', 'xattr.value': '0x00ff'}).status_code == 200
    assert put(**{'xattr.name': 'user.base', 'xattr.value': '0sAQI='}).status_code == 200
    assert put(**{'xattr.name': 'user.none'}).status_code == 200
    told = raw('GET', path, 'GETXATTRS', encoding='hex').json()['XAttrs']
    assert {each['name']: each['value'] for each in told} == {
        'user.text': '0x6f6e65', 'user.hex': '0x00ff', 'user.base': '0x0102', 'user.none': None}
    one = raw('GET', path, 'GETXATTRS', encoding='text', **{'xattr.name': 'user.text'}).json()
    assert one == {'XAttrs': [{'name': 'user.text', 'value': '"one"'}]}
    two = raw('GET', path, 'GETXATTRS', encoding='base64',
              **{'xattr.name': ['user.text', 'user.base']}).json()['XAttrs']
    assert {each['value'] for each in two} == {'0sAQI=', '0sb25l'}
    names = raw('GET', path, 'LISTXATTRS').json()['XAttrNames']
    assert json.loads(names) == ['user.base', 'user.hex', 'user.none', 'user.text']
    assert raw('PUT', path, 'REMOVEXATTR', **{'xattr.name': 'user.none'}).status_code == 200
    io = (403, 'IOException', 'java.io.IOException')
    assert error(put(**{'xattr.name': 'user.text', 'xattr.value': '"two"'})) == io
    assert error(put('REPLACE', **{'xattr.name': 'user.new', 'xattr.value': '"two"'})) == io
    assert error(raw('PUT', path, 'REMOVEXATTR', **{'xattr.name': 'user.none'})) == io
    assert error(raw('GET', path, 'GETXATTRS', **{'xattr.name': 'user.none'}))[1] \
        == 'XAttrNotFoundException'
    for wrong in ({'xattr.name': 'plain'}, {'xattr.name': 'user.x', 'xattr.value': '0xzz'}, {}):
        assert error(put(**wrong))[0] == 400
    assert error(put('', **{'xattr.name': 'user.x'}))[0] == 400
    assert error(put(**{'xattr.name': 'system.x', 'xattr.value': '"1"'}))[1] \
        == 'AccessControlException'


@pytest.mark.parametrize('op, answer', [
    ('GETHOMEDIRECTORY', {'Path': '/user/' + str(USER)}),
    ('GETTRASHROOT', {'Path': '/user/%s/.Trash' % USER}),
    ('GETXATTRS', {'XAttrs': []}),
    ('LISTXATTRS', {'XAttrNames': '[]'}),
    ('GETECPOLICY', None),
    ('GETSNAPSHOTTABLEDIRECTORYLIST', {'SnapshottableDirectoryList': None})])
def test_answers_of_a_system_without_it(raw, root, op, answer):
    assert raw('GET', root, op).json() == answer


def test_facts_of_the_server(raw, root):
    defaults = raw('GET', root, 'GETSERVERDEFAULTS').json()['FsServerDefaults']
    assert (defaults['checksumType'], defaults['bytesPerChecksum']) == (2, 512)
    status = raw('GET', root, 'GETSTATUS').json()['FsStatus']
    assert status['capacity'] == status['used'] + status['remaining'] > 0
    policies = raw('GET', root, 'GETALLSTORAGEPOLICY').json()['BlockStoragePolicies']
    assert {each['name'] for each in policies['BlockStoragePolicy']} == {
        'HOT', 'WARM', 'COLD', 'ALL_SSD', 'ONE_SSD', 'ALL_NVDIMM', 'LAZY_PERSIST', 'PROVIDED'}
    usage = raw('GET', root, 'GETQUOTAUSAGE').json()['QuotaUsage']
    assert (usage['quota'], usage['spaceQuota'], usage['fileAndDirectoryCount']) == (-1, -1, 1)


def test_block_locations(client, raw, root):
    client.write(root + '/f', content(2 * MIB + 5), blocksize=MIB)
    found = raw('GET', root + '/f', 'GETFILEBLOCKLOCATIONS').json()['BlockLocations']
    blocks = found['BlockLocation']
    assert [(each['offset'], each['length']) for each in blocks] == [
        (0, MIB), (MIB, MIB), (2 * MIB, 5)]
    assert blocks[0]['hosts'] == [HOST]
    part = raw('GET', root + '/f', 'GETFILEBLOCKLOCATIONS', offset=MIB, length=1).json()
    assert len(part['BlockLocations']['BlockLocation']) == 1
    located = raw('GET', root + '/f', 'GET_BLOCK_LOCATIONS').json()['LocatedBlocks']
    assert located['fileLength'] == 2 * MIB + 5
    assert located['lastLocatedBlock']['startOffset'] == 2 * MIB


def half_sent(request, body):
    """Sends a request whose body is cut off; returns when the server closed the connection."""
    with socket.create_connection((HOST, int(PORT)), timeout=60) as connection:
        connection.sendall(request.encode() + body)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass


@pytest.mark.parametrize('size', [10, 3 * MIB])
@pytest.mark.parametrize('framing', ['Content-Length: 9000000', 'Transfer-Encoding: chunked'])
def test_broken_upload_leaves_no_file(client, root, framing, size):
    body = content(size)
    if 'chunked' in framing:
        body = b'%x\r\n' % size + body + b'\r\n'
    half_sent('PUT /webhdfs/v1%s/f?op=CREATE&data=true&user.name=%s HTTP/1.1\r\n'
              'Host: x\r\n%s\r\n\r\n' % (root, USER, framing), body)
    assert gone(client, root + '/f')


@pytest.mark.parametrize('size', [10, 3 * MIB])
def test_broken_append_leaves_the_file_as_it_was(client, root, size):
    client.write(root + '/f', b'old')
    half_sent('POST /webhdfs/v1%s/f?op=APPEND&data=true&user.name=%s HTTP/1.1\r\n'
              'Host: x\r\nContent-Length: 9000000\r\n\r\n' % (root, USER), content(size))
    client.write(root + '/f', b'new', append=True)
    assert read(client, root + '/f') == b'oldnew'


def gone(client, path):
    deadline = time.monotonic() + 10
    while client.status(path, strict=False) and time.monotonic() < deadline:
        time.sleep(0.05)
    return client.status(path, strict=False) is None


def test_go_ahead_is_given(client, root):
    with socket.create_connection((HOST, int(PORT)), timeout=60) as connection:
        connection.sendall(('PUT /webhdfs/v1%s/f?op=CREATE&data=true&user.name=%s HTTP/1.1\r\n'
                            'Host: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n'
                            % (root, USER)).encode())
        assert connection.recv(65536).startswith(b'HTTP/1.1 100')
        connection.sendall(b'abc')
        assert connection.recv(65536).startswith(b'HTTP/1.1 201')
    assert read(client, root + '/f') == b'abc'


def test_refused_upload_is_told_before_it_is_sent(client, root):
    client.write(root + '/f', b'old')
    with socket.create_connection((HOST, int(PORT)), timeout=60) as connection:
        connection.sendall(('PUT /webhdfs/v1%s/f?op=CREATE&data=true&user.name=%s HTTP/1.1\r\n'
                            'Host: x\r\nExpect: 100-continue\r\nContent-Length: 3000000\r\n\r\n'
                            % (root, USER)).encode())
        assert connection.recv(65536).startswith(b'HTTP/1.1 403')


def test_file_being_written_is_not_written_by_others(client, raw, root):
    path = '/webhdfs/v1%s/f' % root
    with socket.create_connection((HOST, int(PORT)), timeout=60) as connection:
        connection.sendall(('PUT %s?op=CREATE&data=true&user.name=%s HTTP/1.1\r\n'
                            'Host: x\r\nContent-Length: 6\r\n\r\nabc' % (path, USER)).encode())
        deadline = time.monotonic() + 10
        while not client.status(root + '/f', strict=False) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert client.status(root + '/f')['length'] == 0
        assert error(raw('POST', root + '/f', 'APPEND', body=b'x'))[:2] == (
            403, 'AlreadyBeingCreatedException')
        connection.sendall(b'def')
        assert connection.recv(65536).startswith(b'HTTP/1.1 201')
    assert read(client, root + '/f') == b'abcdef'


def test_upload_whose_file_is_replaced(client, root):
    path = '/webhdfs/v1%s/f' % root
    with socket.create_connection((HOST, int(PORT)), timeout=60) as connection:
        connection.sendall(('PUT %s?op=CREATE&data=true&user.name=%s HTTP/1.1\r\n'
                            'Host: x\r\nContent-Length: 6\r\n\r\nabc' % (path, USER)).encode())
        deadline = time.monotonic() + 10
        while not client.status(root + '/f', strict=False) and time.monotonic() < deadline:
            time.sleep(0.02)
        client.write(root + '/f', b'other', overwrite=True)
        connection.sendall(b'def')
        connection.recv(65536)
    assert read(client, root + '/f') == b'other'


def test_connection_is_kept_over_many_requests(raw, root):
    for number in range(50):
        raw('PUT', '%s/f%d' % (root, number), 'CREATE', body=b'x')
    assert len(raw('GET', root, 'LISTSTATUS').json()['FileStatuses']['FileStatus']) == 50
    assert len(raw.session.adapters['http://'].poolmanager.pools) == 1
