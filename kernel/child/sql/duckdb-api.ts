/** Bundled into one file by `bin/build.mjs`: its hundreds of files would take longer to load than a query takes. */
export * from '@duckdb/node-api'
