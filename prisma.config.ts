import { defineConfig } from 'prisma/config';

// `prisma generate` does not use the schema engine, but the CLI insists on downloading one when none is
// named. Any executable satisfies it, and a machine without internet access can then generate the client.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema.prisma' });
