ALTER TYPE "public"."reproduction_state" ADD VALUE 'cancelled';--> statement-breakpoint
ALTER TABLE "reproductions" ADD COLUMN "differing" integer;--> statement-breakpoint
ALTER TABLE "reproductions" ADD COLUMN "changed" json DEFAULT '[]'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "reproductions" ADD COLUMN "trace" text;--> statement-breakpoint
ALTER TABLE "reproductions" ADD COLUMN "machine_id" uuid;--> statement-breakpoint
ALTER TABLE "reproductions" ADD COLUMN "heard_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "reproductions" ADD CONSTRAINT "reproductions_machine_id_machines_id_fk" FOREIGN KEY ("machine_id") REFERENCES "public"."machines"("id") ON DELETE set null ON UPDATE no action;