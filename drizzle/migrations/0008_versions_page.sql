CREATE TYPE "public"."reproduction_state" AS ENUM('running', 'equal', 'different', 'failed');--> statement-breakpoint
ALTER TYPE "public"."version_state" ADD VALUE 'deleted';--> statement-breakpoint
CREATE TABLE "reproductions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version_id" uuid NOT NULL,
	"state" "reproduction_state" DEFAULT 'running' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"cells_done" integer DEFAULT 0 NOT NULL,
	"cells" integer NOT NULL,
	"records" integer,
	"max_difference" double precision,
	"started_by" uuid,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "model_versions" ADD COLUMN "variable" text;--> statement-breakpoint
ALTER TABLE "model_versions" ADD COLUMN "data" jsonb;--> statement-breakpoint
ALTER TABLE "model_versions" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "model_versions" ADD COLUMN "deleted_by" uuid;--> statement-breakpoint
ALTER TABLE "reproductions" ADD CONSTRAINT "reproductions_version_id_model_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."model_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reproductions" ADD CONSTRAINT "reproductions_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reproductions_version" ON "reproductions" USING btree ("version_id","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "reproductions_running" ON "reproductions" USING btree ("version_id") WHERE "reproductions"."state" = 'running';--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_deleted_by_users_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;