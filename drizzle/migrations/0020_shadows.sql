CREATE TABLE "shadow_predictions" (
	"shadow_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"status" integer NOT NULL,
	"latency_ms" double precision NOT NULL,
	"model_ms" double precision,
	"real_status" integer NOT NULL,
	"real_latency_ms" double precision NOT NULL,
	"records" integer NOT NULL,
	"agreed" integer,
	"difference" double precision,
	"output" json,
	"error" text,
	"sampled" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "shadow_predictions_shadow_id_request_id_pk" PRIMARY KEY("shadow_id","request_id")
);
--> statement-breakpoint
CREATE TABLE "shadows" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"share" integer NOT NULL,
	"dropped" bigint DEFAULT 0 NOT NULL,
	"started_by" uuid,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_by" uuid,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "shadow_predictions" ADD CONSTRAINT "shadow_predictions_shadow_id_shadows_id_fk" FOREIGN KEY ("shadow_id") REFERENCES "public"."shadows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadows" ADD CONSTRAINT "shadows_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadows" ADD CONSTRAINT "shadows_version_id_model_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."model_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadows" ADD CONSTRAINT "shadows_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadows" ADD CONSTRAINT "shadows_ended_by_users_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "shadow_predictions_time" ON "shadow_predictions" USING btree ("shadow_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "shadow_predictions_request" ON "shadow_predictions" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "shadows_version" ON "shadows" USING btree ("version_id","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "shadows_running" ON "shadows" USING btree ("version_id") WHERE "shadows"."ended_at" is null;