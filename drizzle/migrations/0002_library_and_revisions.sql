CREATE TYPE "public"."revision_reason" AS ENUM('created', 'run', 'idle', 'named', 'restore');--> statement-breakpoint
CREATE TABLE "folders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"parent_id" uuid,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "folders_name" UNIQUE NULLS NOT DISTINCT("workspace_id","parent_id","name")
);
--> statement-breakpoint
CREATE TABLE "notebook_cells" (
	"notebook_id" uuid NOT NULL,
	"cell_id" text NOT NULL,
	"position" integer NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "notebook_cells_notebook_id_cell_id_pk" PRIMARY KEY("notebook_id","cell_id")
);
--> statement-breakpoint
CREATE TABLE "revision_contents" (
	"notebook_id" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"content" json NOT NULL,
	CONSTRAINT "revision_contents_notebook_id_hash_pk" PRIMARY KEY("notebook_id","hash")
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"notebook_id" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"state_vector" "bytea" NOT NULL,
	"reason" "revision_reason" NOT NULL,
	"name" text,
	"restored_from" uuid,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "model_versions" ADD COLUMN "revision_id" uuid;--> statement-breakpoint
ALTER TABLE "notebooks" ADD COLUMN "folder_id" uuid;--> statement-breakpoint
ALTER TABLE "notebooks" ADD COLUMN "trashed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "folders" ADD CONSTRAINT "folders_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "folders" ADD CONSTRAINT "folders_parent_id_folders_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."folders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notebook_cells" ADD CONSTRAINT "notebook_cells_notebook_id_notebooks_id_fk" FOREIGN KEY ("notebook_id") REFERENCES "public"."notebooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revision_contents" ADD CONSTRAINT "revision_contents_notebook_id_notebooks_id_fk" FOREIGN KEY ("notebook_id") REFERENCES "public"."notebooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_notebook_id_notebooks_id_fk" FOREIGN KEY ("notebook_id") REFERENCES "public"."notebooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_restored_from_revisions_id_fk" FOREIGN KEY ("restored_from") REFERENCES "public"."revisions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_content" FOREIGN KEY ("notebook_id","hash") REFERENCES "public"."revision_contents"("notebook_id","hash") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "revisions_notebook" ON "revisions" USING btree ("notebook_id","created_at" DESC NULLS LAST);--> statement-breakpoint
ALTER TABLE "model_versions" ADD CONSTRAINT "model_versions_revision_id_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."revisions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notebooks" ADD CONSTRAINT "notebooks_folder_id_folders_id_fk" FOREIGN KEY ("folder_id") REFERENCES "public"."folders"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
-- Search finds any part of a word; without the extension, which some servers lack, it reads every row instead.
DO $$ BEGIN
	CREATE EXTENSION IF NOT EXISTS pg_trgm;
	CREATE INDEX "notebook_cells_trigrams" ON "notebook_cells" USING gin (lower("source") gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
	RAISE NOTICE 'no trigram index: %', SQLERRM;
END $$;
