import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { MODULE_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AppModule } from '../app.module.js';
import { describeApi } from '../docs/openapi.js';

type Input = new () => object;

const API = AppModule.forRoot({
  databaseUrl: 'postgres://nobody@localhost/none',
  encryptionKeys: [Buffer.alloc(32)],
  jwtSecret: 'nobody signs in here, for 32 characters',
  retentionDays: 30,
  egress: { allowHttp: false, allow: [], allowLoopback: true },
});

/** The classes that check the bodies of all operations. */
export const bodyClasses = (): Input[] => inputsOf(RouteParamtypes.BODY);

/** The classes that check the queries of all operations. */
export const queryClasses = (): Input[] => inputsOf(RouteParamtypes.QUERY);

/** The OpenAPI document, made without starting anything. */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const options = { preview: true, logger: false, abortOnError: false } as const;
  const app = await NestFactory.create(API, new FastifyAdapter(), options);
  const document = describeApi(app);
  await app.close();
  return document;
}

/** Read from Nest's metadata: the parameters that {@link ValidBody} and its like check. */
function inputsOf(kind: RouteParamtypes): Input[] {
  const controllers = (API.imports as object[]).flatMap(
    (module): Type[] => Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, module) ?? [],
  );
  return [...new Set(controllers.flatMap((controller) => inputsOfController(controller, kind)))];
}

function inputsOfController(controller: Type, kind: RouteParamtypes): Input[] {
  return Object.getOwnPropertyNames(controller.prototype).flatMap((method) => {
    const types = Reflect.getMetadata('design:paramtypes', controller.prototype, method) ?? [];
    const parameters: Record<string, { index: number; pipes: unknown[] }> =
      Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {};
    return Object.entries(parameters)
      .filter(([key, { pipes }]) => key.startsWith(`${kind}:`) && pipes.length > 0)
      .map(([, { index }]) => types[index] as Input);
  });
}
