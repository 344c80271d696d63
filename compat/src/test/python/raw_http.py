"""HTTP without a library that tidies up: what is sent is what was written here."""

import errno
import http.client
import json
import socket


class Answer:
    """One complete answer."""

    def __init__(self, response):
        self.status = response.status
        self.version = response.version
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    def json(self):
        return json.loads(self.body)

    def error(self):
        """The status text of an error answer, after checking its form."""
        assert self.status >= 400, (self.status, self.body[:200])
        assert self.headers.get('content-type', '').startswith('application/json'), self.headers
        body = self.json()
        assert body['statusCode'] == body['status']
        assert isinstance(body['message'], str) and body['message']
        return body['statusCode']


class RawHttp:
    """One keep-alive connection, opened at first use and again after the server closed it."""

    def __init__(self, host, port, timeout=60):
        self.host = host
        self.port = port
        self.connection = http.client.HTTPConnection(host, port, timeout=timeout)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def send(self, method, target, body=None, headers=None):
        """Sends the target as it stands, without normalising it, and reads the whole answer."""
        self.connection.putrequest(method, target, skip_accept_encoding=True)
        sent = dict(headers or {})
        if body is not None or method == 'POST':
            sent.setdefault('Content-Length', str(len(body or b'')))
        for name, value in sent.items():
            self.connection.putheader(name, value)
        self.connection.endheaders(body)
        return Answer(self.connection.getresponse())

    def post(self, path, action, options=None, query='', content_type='application/json'):
        """Calls an action of a path, options as an object or as the bytes of the body."""
        body = options if isinstance(options, (bytes, type(None))) else json.dumps(options).encode()
        headers = {'Content-Type': content_type} if body is not None and content_type else {}
        return self.send('POST', '/api/v1/paths/%s/%s%s' % (path, action, query), body, headers)

    def stream(self, stream_id, action, body=b'', headers=None):
        return self.send('POST', '/api/v1/streams/%s/%s' % (stream_id, action), body, headers)

    def bytes(self, data, half_close=True, timeout=30):
        """Sends bytes on a connection of their own; returns what came back until its end."""
        with socket.create_connection((self.host, self.port), timeout=timeout) as connection:
            answer = b''
            try:
                connection.sendall(data)
                if half_close:
                    connection.shutdown(socket.SHUT_WR)
            except OSError as error:
                if not hung_up(error):
                    raise
            try:
                while piece := connection.recv(65536):
                    answer += piece
            except OSError as error:
                if not hung_up(error):
                    raise
            return answer


def hung_up(error):
    """Whether a server hung up, as it may on nonsense that is still being sent."""
    return isinstance(error, ConnectionError) or error.errno == errno.ENOTCONN
