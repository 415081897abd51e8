# syntax=docker/dockerfile:1

# docker build --target api .         the REST API (the default)
# docker build --target dispatcher .  sends; needs a way out to receivers
# docker build --target migrate .     brings the database to this version, and ends

FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

FROM base AS build
RUN npm ci --ignore-scripts
COPY nest-cli.json prisma.config.ts tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY prisma prisma
COPY libs libs
COPY apps apps
RUN npm run build

FROM base AS dependencies
# Left out with the optional ones: the embedded Postgres, and Node from npm for machines with an older one.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
# argon2 is compiled code, which npm counts as optional too.
COPY --from=build /app/node_modules/@node-rs node_modules/@node-rs

FROM node:24.21.0-bookworm-slim AS runtime
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY prisma/migrations prisma/migrations
# Owned by root and only read: the process can change nothing of what it runs.
USER node
STOPSIGNAL SIGTERM

FROM runtime AS migrate
CMD ["node", "dist/apps/standalone/src/migrate.js"]

FROM runtime AS dispatcher
CMD ["node", "dist/bundles/dispatcher.js"]

FROM runtime AS api
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/bundles/api.js"]
