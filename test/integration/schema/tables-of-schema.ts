import { columnText, indexText, type TableShape } from './table-shape.js';

interface Field {
  name: string;
  column: string;
  type: string;
  list: boolean;
  required: boolean;
  attributes: string;
}

interface Model {
  name: string;
  table: string;
  fields: Field[];
  blockAttributes: string[];
}

const TYPES: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Boolean: 'boolean',
  Json: 'jsonb',
  Bytes: 'bytea',
};
const NATIVE_TYPES: Record<string, string> = {
  Uuid: 'uuid',
  Date: 'date',
  'Timestamptz(3)': 'timestamp(3) with time zone',
  'Timestamptz(6)': 'timestamp(6) with time zone',
};

/** The tables in schema.prisma; understands as much of its language as this schema uses. */
export function tablesOfSchema(schema: string): TableShape[] {
  const models = [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].map(([, name, body]) =>
    readModel(name!, body!),
  );
  const tables = new Map(models.map((model) => [model.name, model]));
  return models.map((model) => ({
    name: model.table,
    columns: scalars(model, tables).map(readColumn).toSorted(),
    indexes: readIndexes(model).toSorted(),
    foreignKeys: model.fields.flatMap((field) => readForeignKey(field, model, tables)).toSorted(),
  }));
}

function readModel(name: string, body: string): Model {
  const lines = body.split('\n').map((line) => line.replace(/\/\/.*$/, '').trim());
  const blockAttributes = lines.filter((line) => line.startsWith('@@'));
  const fields = lines.filter((line) => /^\w/.test(line)).map(readField);
  const table = blockAttributes.map((line) => /^@@map\("(\w+)"\)/.exec(line)?.[1]).find(Boolean);
  return { name, table: table ?? name, fields, blockAttributes };
}

function readField(line: string): Field {
  const [, name, type, suffix, attributes] = /^(\w+)\s+(\w+)(\[\]|\?)?\s*(.*)$/.exec(line)!;
  return {
    name: name!,
    column: /@map\("(\w+)"\)/.exec(attributes!)?.[1] ?? name!,
    type: type!,
    list: suffix === '[]',
    required: suffix !== '?',
    attributes: attributes!,
  };
}

function scalars(model: Model, models: ReadonlyMap<string, Model>): Field[] {
  return model.fields.filter(({ type }) => !models.has(type));
}

function readColumn(field: Field): string {
  const native = /@db\.(\w+(?:\(\d+\))?)/.exec(field.attributes)?.[1];
  const type = native ? NATIVE_TYPES[native] : TYPES[field.type];
  if (!type) throw new Error(`No column type is known for ${field.name}: add it to this file.`);
  const attributes = field.attributes.replace(/dbgenerated\("(.*?)"\)/, '$1');
  const value = /@default\(((?:[^()]|\(\))*)\)/.exec(attributes)?.[1];
  return columnText({
    name: field.column,
    type: field.list ? `${type}[]` : type,
    required: field.required,
    default: value === '[]' ? '{}' : value?.replace(/^"(.*)"$/, '$1'),
  });
}

function readIndexes(model: Model): string[] {
  const ofFields = model.fields.flatMap(({ column, attributes }) => [
    ...(/@id\b/.test(attributes) ? [indexText(`${model.table}_pkey`, true, [column])] : []),
    ...(/@unique\b/.test(attributes)
      ? [indexText(`${model.table}_${column}_key`, true, [column])]
      : []),
  ]);
  const ofBlock = model.blockAttributes.flatMap((line) => readBlockIndex(line, model));
  return [...ofFields, ...ofBlock];
}

function readBlockIndex(line: string, model: Model): string[] {
  const [, kind, list, rest] = /^@@(id|unique|index)\(\[(.*?)\](.*)\)$/.exec(line) ?? [];
  if (!kind) return [];
  const columns = [...list!.matchAll(/(\w+)(\(sort: Desc\))?(?:, |$)/g)].map(
    ([, name, descending]) => columnOf(model, name!) + (descending ? ' desc' : ''),
  );
  const ending = { id: 'pkey', unique: 'key', index: 'idx' }[kind]!;
  const plain = columns.map((column) => column.split(' ')[0]);
  const name = kind === 'id' ? `${model.table}_pkey` : [model.table, ...plain, ending].join('_');
  const mapped = /map: "(\w+)"/.exec(rest!)?.[1];
  return [indexText(mapped ?? name, kind !== 'index', columns)];
}

function readForeignKey(field: Field, model: Model, models: ReadonlyMap<string, Model>): string[] {
  const [, column, reference] =
    /@relation\(.*?fields: \[(\w+)\], references: \[(\w+)\]/.exec(field.attributes) ?? [];
  if (!column) return [];
  const target = models.get(field.type)!;
  const action = (event: string): string =>
    new RegExp(`${event}: (\\w+)`).exec(field.attributes)?.[1] ?? 'unsaid';
  return [
    `${columnOf(model, column)} -> ${target.table}.${columnOf(target, reference!)} ` +
      `on delete ${action('onDelete')}, on update ${action('onUpdate')}`,
  ];
}

function columnOf(model: Model, field: string): string {
  return model.fields.find(({ name }) => name === field)!.column;
}
