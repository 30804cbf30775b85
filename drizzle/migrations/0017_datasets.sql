CREATE TYPE "public"."dataset_origin" AS ENUM('upload', 'edit', 'notebook', 'query', 'restore', 'push', 'example', 'requests');--> statement-breakpoint
CREATE TABLE "dataset_reads" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"dataset_version_id" uuid NOT NULL,
	"notebook_id" uuid,
	"cell_id" text,
	"model_version_id" uuid,
	"run_id" uuid,
	"training_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dataset_versions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"dataset_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"parent" integer,
	"hash" text NOT NULL,
	"base" text NOT NULL,
	"changes" text,
	"columns" json NOT NULL,
	"rows" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"origin" "dataset_origin" NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"rows_added" bigint NOT NULL,
	"rows_changed" bigint NOT NULL,
	"rows_deleted" bigint NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dataset_versions_number" UNIQUE("dataset_id","number")
);
--> statement-breakpoint
CREATE TABLE "datasets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"head" integer NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"trashed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "example_datasets" (
	"name" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"description" text NOT NULL,
	"base" text NOT NULL,
	"columns" json NOT NULL,
	"rows" bigint NOT NULL,
	"bytes" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "given_datasets" (
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "given_datasets_workspace_id_name_pk" PRIMARY KEY("workspace_id","name")
);
--> statement-breakpoint
ALTER TABLE "dataset_reads" ADD CONSTRAINT "dataset_reads_dataset_version_id_dataset_versions_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_reads" ADD CONSTRAINT "dataset_reads_notebook_id_notebooks_id_fk" FOREIGN KEY ("notebook_id") REFERENCES "public"."notebooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_reads" ADD CONSTRAINT "dataset_reads_model_version_id_model_versions_id_fk" FOREIGN KEY ("model_version_id") REFERENCES "public"."model_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD CONSTRAINT "dataset_versions_dataset_id_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."datasets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD CONSTRAINT "dataset_versions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "given_datasets" ADD CONSTRAINT "given_datasets_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dataset_reads_version" ON "dataset_reads" USING btree ("dataset_version_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "dataset_reads_notebook" ON "dataset_reads" USING btree ("notebook_id");--> statement-breakpoint
CREATE INDEX "dataset_reads_model_version" ON "dataset_reads" USING btree ("model_version_id");--> statement-breakpoint
CREATE INDEX "dataset_versions_base" ON "dataset_versions" USING btree ("base");--> statement-breakpoint
CREATE UNIQUE INDEX "datasets_name" ON "datasets" USING btree ("workspace_id","name") WHERE "datasets"."trashed_at" is null;