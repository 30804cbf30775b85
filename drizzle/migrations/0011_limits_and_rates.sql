CREATE TABLE "endpoint_limits" (
	"endpoint_id" uuid PRIMARY KEY NOT NULL,
	"batch_size" integer,
	"max_waiting" integer,
	"deadline_ms" integer,
	"concurrency" integer
);
--> statement-breakpoint
CREATE TABLE "token_rates" (
	"token_id" text PRIMARY KEY NOT NULL,
	"per_second" double precision NOT NULL,
	"burst" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "endpoint_limits" ADD CONSTRAINT "endpoint_limits_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_rates" ADD CONSTRAINT "token_rates_token_id_api_tokens_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."api_tokens"("id") ON DELETE cascade ON UPDATE no action;