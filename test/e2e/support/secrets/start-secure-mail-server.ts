import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { type MailServer, startMailServer } from '../../../support/index.js';

interface SecureMailServer extends MailServer {
  /** Settings with which it can be used. */
  env: Record<string, string>;
}

/** A mail server that requires a password, and TLS before it. */
export async function startSecureMailServer(password: string): Promise<SecureMailServer> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const folder = await mkdtemp(join(tmpdir(), 'schoolbell-ca-'));
  const file = join(folder, 'ca.pem');
  await writeFile(file, cert);
  const server = await startMailServer({ tls: { key, cert }, login: { user: 'bell', password } });
  return {
    ...server,
    env: {
      SMTP_URL: `smtp://bell:${encodeURIComponent(password)}@localhost:${server.port}`,
      MAIL_FROM: 'Schoolbell <bell@schoolbell.example>',
      NODE_EXTRA_CA_CERTS: file,
    },
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
