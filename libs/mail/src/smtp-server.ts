/** How a mail server is reached. */
interface SmtpServer {
  host: string;
  port: number;
  secure: boolean;
  requireTLS: boolean;
  auth?: { user: string; pass: string };
}

const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;

/**
 * Reads a URL: `smtps://` is TLS from the first byte (port 465), `smtp://` becomes TLS when the server offers it
 * (port 587). A password is never sent without TLS. Certificates are always verified: whatever else the URL says is
 * ignored.
 */
export function smtpServer(url: string): SmtpServer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const server = {
    host: hostname.replace(/^\[(.+)\]$/, '$1'),
    port: Number(port) || (secure ? SUBMISSIONS_PORT : SUBMISSION_PORT),
    secure,
    requireTLS: username !== '',
  };
  if (username === '') return server;
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return { ...server, auth };
}
