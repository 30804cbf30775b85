CREATE TABLE "status_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"from" "version_status" NOT NULL,
	"to" "version_status" NOT NULL,
	"user_id" uuid,
	"reason" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "status_changes" ADD CONSTRAINT "status_changes_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_changes" ADD CONSTRAINT "status_changes_version_id_model_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."model_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_changes" ADD CONSTRAINT "status_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "status_changes_endpoint" ON "status_changes" USING btree ("endpoint_id","at" DESC NULLS LAST);--> statement-breakpoint
INSERT INTO "status_changes" ("endpoint_id", "version_id", "from", "to", "user_id", "reason", "at") SELECT "endpoint_id", "id", 'testing', "status", "created_by", 'promoted from its notebook', "created_at" FROM "model_versions" WHERE "status" <> 'testing' ORDER BY "created_at";
