package io.freshet.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What recordings of Mode show of a thing besides what the sandbox knows of it: fields that clients don't need, of the
 * types they were recorded with, and null where they were null. A line of links has a name and an address.
 */
enum Template {
    REPORT("""
            {"theme_id": 3, "color_mappings": {}, "published_at": null, "last_successful_sync_at": null,
             "account_id": 640017, "public": false, "full_width": false, "manual_run_disabled": false,
             "run_privately": true, "drilldowns_enabled": true, "is_embedded": false, "is_signed": false,
             "shared": false, "web_preview_image": "https://example.test/previews/TOKEN.png",
             "flamingo_signature": "bm90IGEgc2lnbmF0dXJl", "query_count": 1, "max_query_count": 160,
             "query_preview": "SELECT\\n\\tday,\\n\\tamount\\nFROM\\n\\torders\\n",
             "schedules_count": 0, "view_count": 0, "_forms": {
               "edit": {"method": "patch", "action": "/api/ACCOUNT/reports/TOKEN", "input": {"report": {
                 "name": {"type": "text"}, "description": {"type": "text"},
                 "account_id": {"type": "text", "value": 640017}, "space_token": {"type": "text", "value": "SPACE"},
                 "color_mappings": {"type": "text", "value": {}}, "published": {"type": "text", "value": false}}}},
               "destroy": {"method": "delete", "action": "/api/ACCOUNT/reports/TOKEN"},
               "archive": {"method": "patch", "action": "/api/ACCOUNT/reports/TOKEN/archive"},
               "unarchive": {"method": "patch", "action": "/api/ACCOUNT/reports/TOKEN/unarchive"},
               "clone": {"method": "post", "action": "/ACCOUNT/reports/TOKEN/clone",
                 "input": {"owner_id": {"type": "text", "value": 640017}}},
               "update_settings": {"method": "patch", "action": "/api/ACCOUNT/reports/TOKEN/update_settings",
                 "input": {"report": {
                   "theme": {"type": "select", "options": [["Mode Dark", 1], ["Mode Light", 3]], "value": 3},
                   "full_width": {"type": "select", "options": [true, false], "value": false},
                   "manual_run_disabled": {"type": "select", "options": [true, false], "value": false}}}}}}
            """, """
            web https://app.mode.com/ACCOUNT/reports/TOKEN
            web_edit /editor/ACCOUNT/reports/TOKEN
            csv_export /api/ACCOUNT/reports/TOKEN/results/content.csv
            share /ACCOUNT/reports/TOKEN
            web_report_runs /ACCOUNT/reports/TOKEN/runs
            report_run /api/ACCOUNT/reports/TOKEN/runs/{id}?embed[result]=1
            space_links /api/ACCOUNT/reports/TOKEN/space_links
            queries /api/ACCOUNT/reports/TOKEN/queries
            report_pins /api/ACCOUNT/reports/TOKEN/pins
            report_filters /api/ACCOUNT/reports/TOKEN/filters
            report_schedules /api/ACCOUNT/reports/TOKEN/schedules
            report_subscriptions /api/ACCOUNT/reports/TOKEN/subscriptions
            python_visualizations /api/ACCOUNT/reports/TOKEN/layout_cells
            validate_email_subscriber /api/ACCOUNT/reports/TOKEN/email_report_subscribers/validate{?subscriber[email]}
            report_theme /api/modeanalytics/report_themes/7e0000000001
            report_index_web /ACCOUNT/spaces/SPACE/reports/TOKEN
            """),
    DATASET("""
            {"last_successful_sync_at": null, "account_id": 640017, "public": false, "manual_run_disabled": false,
             "run_privately": true, "drilldowns_enabled": false, "query_count": 1, "schedules_count": 0,
             "query_preview": "-- The newest rows\\n  SELECT\\n\\t\\tID", "view_count": 0,
             "thoughtspot_published_at": null, "_forms": {
               "edit": {"method": "patch", "action": "/api/ACCOUNT/reports/TOKEN", "input": {"report": {
                 "name": {"type": "text"}, "description": {"type": "text"},
                 "account_id": {"type": "text", "value": 640017}, "space_token": {"type": "text", "value": "SPACE"}}}},
               "destroy": {"method": "delete", "action": "/api/ACCOUNT/reports/TOKEN"},
               "update_settings": {"method": "patch", "action": "/api/ACCOUNT/reports/TOKEN/update_settings",
                 "input": {"report": {
                   "manual_run_disabled": {"type": "select", "options": [true, false], "value": false},
                   "drill_anywhere_enabled": {"type": "select", "options": [true, false], "value": false}}}}}}
            """, """
            web https://app.mode.com/ACCOUNT/datasets/TOKEN
            web_edit /editor/ACCOUNT/datasets/TOKEN
            report_run /api/ACCOUNT/reports/TOKEN/runs/{id}?embed[result]=1
            space_links /api/ACCOUNT/reports/TOKEN/space_links
            queries /api/ACCOUNT/reports/TOKEN/queries
            report_pins /api/ACCOUNT/reports/TOKEN/pins
            report_schedules /api/ACCOUNT/reports/TOKEN/schedules
            dataset_dependencies /api/ACCOUNT/datasets/TOKEN/reports
            report_index_web /ACCOUNT/spaces/SPACE
            """),
    DATA_SOURCE("""
            {"description": "", "adapter": "jdbc:postgresql", "created_at": "2023-01-09T07:00:00.321Z",
             "updated_at": "2023-01-09T07:00:00.321Z", "has_expensive_schema_updates": false, "public": false,
             "asleep": false, "queryable": true, "account_id": 640017, "account_username": "ACCOUNT",
             "organization_token": "5a0db0c5a0db", "default": true, "default_for_organization_id": "5a0db0c5a0db",
             "database": "orders", "host": "warehouse.example.test", "port": 5432, "ssl": true, "username": "reader",
             "provider": "default", "vendor": "postgresql", "ldap": false, "warehouse": null, "bridged": false,
             "adapter_version": "42.7.1", "custom_attributes": {"instance_name": ""}, "default_access_level": "View"}
            """, """
            account /api/ACCOUNT
            permissions /api/ACCOUNT/data_sources/TOKEN/permissions
            web /organizations/ACCOUNT/data_sources/TOKEN
            web_home /home/ACCOUNT/data_sources/TOKEN
            """),
    SPACE("""
            {"space_type": "custom", "description": null, "state": "active", "restricted": false,
             "free_default": true, "viewable?": true, "viewed?": true, "default_access_level": "edit", "_forms": {
               "destroy_entitlements": {"method": "delete", "action": "/api/ACCOUNT/collections/TOKEN/permissions"}}}
            """, """
            detail /api/ACCOUNT/collections/TOKEN/detail
            web /ACCOUNT/spaces/TOKEN
            reports /api/ACCOUNT/collections/TOKEN/reports
            space_memberships /api/ACCOUNT/collections/TOKEN/memberships
            viewed /api/ACCOUNT/collections/TOKEN/viewed
            """),
    /** The token is that of the report, or the dataset. */
    QUERY("""
            {"last_run_id": 771200345, "explorations_count": 0, "report_imports_count": 2, "dbt_metric_id": null,
             "_forms": {"edit": {"method": "patch", "action": "/api/ACCOUNT/reports/TOKEN/queries",
               "content_type": "application/json", "input": {"query": {
                 "raw_query": {"type": "text", "value": "SELECT 1"}, "name": {"type": "text", "value": "Query 1"},
                 "data_source_id": {"type": "text", "value": 30125}}}}}}
            """, """
            report /api/ACCOUNT/reports/TOKEN
            report_runs /api/ACCOUNT/reports/TOKEN/runs
            creator /api/nora_bek
            """),
    DEFINITION("""
            {"description": "", "data_source_id": 30125, "last_successful_sync_at": null, "_forms": {
               "edit": {"method": "patch", "action": "/api/ACCOUNT/definitions/TOKEN", "input": {"definition": {
                 "name": {"type": "text", "value": "a_name"}, "description": {"type": "text", "value": ""},
                 "source": {"type": "text", "value": "SELECT 1"},
                 "data_source_id": {"type": "text", "value": 30125}}}},
               "destroy": {"method": "delete", "action": "/api/ACCOUNT/definitions/TOKEN"}}}
            """, """
            self /api/ACCOUNT/definitions/TOKEN
            last_run /api/ACCOUNT/reports/4e9047000009/runs/4a0000000009/query_runs/9e7a00000009
            web_edit /editor/ACCOUNT/definitions/TOKEN
            creator /api/nora_bek
            """);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String fields;
    private final String links;

    Template(String fields, String links) {
        this.fields = fields;
        this.links = links;
    }

    ObjectNode of(String account, String token) {
        return of(account, token, "");
    }

    ObjectNode of(String account, String token, String space) {
        var shown = parse(filled(fields, account, token, space));
        filled(links, account, token, space).lines().forEach(line -> link(shown, line));
        return shown;
    }

    private static void link(ObjectNode shown, String line) {
        var href = line.substring(line.indexOf(' ') + 1);
        var link = shown.withObject("/_links").putObject(line.substring(0, line.indexOf(' ')));
        if (href.contains("{")) {
            link.put("templated", true);
        }
        link.put("href", href);
    }

    private static String filled(String text, String account, String token, String space) {
        return text.replace("ACCOUNT", account).replace("TOKEN", token).replace("SPACE", space);
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("a template that is no JSON", malformed);
        }
    }
}
