CREATE TYPE "public"."rollup_resolution" AS ENUM('minute', 'hour');--> statement-breakpoint
CREATE TABLE "log_settings" (
	"endpoint_id" uuid PRIMARY KEY NOT NULL,
	"sample_share" double precision NOT NULL,
	"retention_days" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prediction_rollups" (
	"endpoint_id" uuid NOT NULL,
	"resolution" "rollup_resolution" NOT NULL,
	"start" timestamp with time zone NOT NULL,
	"version_id" uuid NOT NULL,
	"ab_test_id" uuid NOT NULL,
	"version" text NOT NULL,
	"requests" integer NOT NULL,
	"errors" integer NOT NULL,
	"refused" integer NOT NULL,
	"records" bigint NOT NULL,
	"latency" jsonb NOT NULL,
	"wait" jsonb NOT NULL,
	"model" jsonb NOT NULL,
	"batches" jsonb NOT NULL,
	CONSTRAINT "prediction_rollups_pk" PRIMARY KEY("endpoint_id","resolution","start","version_id","ab_test_id")
);
--> statement-breakpoint
ALTER TABLE "feedback" ADD COLUMN "changed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "predictions" ADD COLUMN "batch_wait_ms" double precision;--> statement-breakpoint
ALTER TABLE "predictions" ADD COLUMN "queue_ms" double precision;--> statement-breakpoint
ALTER TABLE "predictions" ADD COLUMN "sampled" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "log_settings" ADD CONSTRAINT "log_settings_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prediction_rollups" ADD CONSTRAINT "prediction_rollups_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "prediction_rollups_ab_test" ON "prediction_rollups" USING btree ("ab_test_id") WHERE "prediction_rollups"."ab_test_id" <> '00000000-0000-0000-0000-000000000000';--> statement-breakpoint
-- Two histograms, counts by bucket, as one.
CREATE FUNCTION merge_counts(a jsonb, b jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN a = '{}' THEN b
    WHEN b = '{}' THEN a
    ELSE (
      SELECT jsonb_object_agg(key, n)
      FROM (
        SELECT key, sum(value::bigint) AS n
        FROM (SELECT * FROM jsonb_each_text(a) UNION ALL SELECT * FROM jsonb_each_text(b)) AS every
        GROUP BY key
      ) AS merged
    )
  END
$$;--> statement-breakpoint
-- The figures of what was logged before there were figures; buckets as in lib/monitoring/histogram.ts.
WITH logged AS (
  SELECT p.*, r.resolution, date_trunc(r.resolution, p.created_at) AS start,
    coalesce(p.ab_test_id, '00000000-0000-0000-0000-000000000000') AS test
  FROM predictions p
  JOIN endpoints e ON e.id = p.endpoint_id
  CROSS JOIN (VALUES ('minute'), ('hour')) AS r(resolution)
  WHERE r.resolution = 'hour' OR p.created_at > now() - interval '3 days'
), counted AS (
  SELECT endpoint_id, resolution, start, version_id, test, kind, bucket, count(*) AS n
  FROM logged
  CROSS JOIN LATERAL (VALUES
    ('latency', ceil(ln(greatest(latency_ms, 0.001::float8)) / ln((1.01 / 0.99)::float8))::int),
    ('model', ceil(ln(greatest(model_ms, CASE WHEN model_ms IS NOT NULL THEN 0.001::float8 END)) / ln((1.01 / 0.99)::float8))::int),
    ('batches', batch_requests)
  ) AS h(kind, bucket)
  WHERE status < 400 AND bucket IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5, 6, 7
), histograms AS (
  SELECT endpoint_id, resolution, start, version_id, test,
    jsonb_object_agg(bucket, n) FILTER (WHERE kind = 'latency') AS latency,
    jsonb_object_agg(bucket, n) FILTER (WHERE kind = 'model') AS model,
    jsonb_object_agg(bucket, n) FILTER (WHERE kind = 'batches') AS batches
  FROM counted GROUP BY 1, 2, 3, 4, 5
), totals AS (
  SELECT endpoint_id, resolution, start, version_id, test, max(version) AS version, count(*) AS requests,
    count(*) FILTER (WHERE status >= 500) AS errors,
    count(*) FILTER (WHERE status BETWEEN 400 AND 499) AS refused, sum(records) AS records
  FROM logged GROUP BY 1, 2, 3, 4, 5
)
INSERT INTO prediction_rollups (endpoint_id, resolution, start, version_id, ab_test_id, version,
  requests, errors, refused, records, latency, wait, model, batches)
SELECT t.endpoint_id, t.resolution::rollup_resolution, t.start, t.version_id, t.test, t.version,
  t.requests, t.errors, t.refused, t.records,
  coalesce(h.latency, '{}'), '{}', coalesce(h.model, '{}'), coalesce(h.batches, '{}')
FROM totals t
LEFT JOIN histograms h USING (endpoint_id, resolution, start, version_id, test);
