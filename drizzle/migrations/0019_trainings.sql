CREATE TYPE "public"."training_engine" AS ENUM('local', 'spark');--> statement-breakpoint
CREATE TYPE "public"."training_state" AS ENUM('queued', 'running', 'done', 'failed', 'cancelled');--> statement-breakpoint
CREATE TABLE "trainings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"dataset_version_id" uuid,
	"dataset_name" text NOT NULL,
	"dataset_number" integer NOT NULL,
	"dataset_hash" text NOT NULL,
	"engine" "training_engine" NOT NULL,
	"algorithm" text NOT NULL,
	"features" json NOT NULL,
	"target" text,
	"parameters" json NOT NULL,
	"state" "training_state" DEFAULT 'queued' NOT NULL,
	"progress" json,
	"curves" json DEFAULT '{}'::json NOT NULL,
	"log" text DEFAULT '' NOT NULL,
	"error" text,
	"result" json,
	"candidate" json,
	"artifact" text,
	"artifact_bytes" bigint,
	"spark_session_id" text,
	"spark_operation_id" text,
	"runner" uuid,
	"lease_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"started_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"idempotency_key" text
);
--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_dataset_version_id_dataset_versions_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_versions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "trainings_workspace" ON "trainings" USING btree ("workspace_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "trainings_open" ON "trainings" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "trainings_dataset_version" ON "trainings" USING btree ("dataset_version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "trainings_idempotency" ON "trainings" USING btree ("workspace_id","idempotency_key");