CREATE TYPE "public"."export_format" AS ENUM('saved-model', 'onnx');--> statement-breakpoint
CREATE TYPE "public"."export_state" AS ENUM('running', 'done', 'failed');--> statement-breakpoint
CREATE TABLE "version_exports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version_id" uuid NOT NULL,
	"format" "export_format" NOT NULL,
	"state" "export_state" DEFAULT 'running' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"artifact" text,
	"bytes" bigint,
	"started_by" uuid,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "version_exports" ADD CONSTRAINT "version_exports_version_id_model_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."model_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_exports" ADD CONSTRAINT "version_exports_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "version_exports_version" ON "version_exports" USING btree ("version_id","started_at" DESC NULLS LAST);