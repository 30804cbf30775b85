CREATE TYPE "public"."token_scope" AS ENUM('read', 'write');--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "scope" "token_scope" DEFAULT 'read' NOT NULL;