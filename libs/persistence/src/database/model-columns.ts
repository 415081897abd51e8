import { Prisma } from '../generated/client.js';

/**
 * The columns of a table `t`, under the names that its model has in schema.prisma: for rows like those that Prisma
 * reads.
 *
 * @param fields such as `Prisma.AttemptScalarFieldEnum`
 */
export function modelColumns(fields: Readonly<Record<string, string>>): Prisma.Sql {
  const columns = Object.keys(fields).map((field) => `t.${snakeCased(field)} AS "${field}"`);
  return Prisma.raw(columns.join(', '));
}

function snakeCased(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
