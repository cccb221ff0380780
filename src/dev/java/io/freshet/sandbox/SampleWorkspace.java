package io.freshet.sandbox;

import java.time.Duration;

/** A small shop's workspace: 4 data sources, 4 spaces, 12 datasets, 30 reports. Its tokens never change. */
public final class SampleWorkspace {

    public static final String ORDERS_WAREHOUSE = "843786b025e5";
    public static final String MARKETING = "9b7742a771dc";
    public static final String FINANCE = "152f80bfcd93";
    public static final String SUPPORT = "cf15bf721438";

    private static final String SALES = "65db0a599de7";
    private static final String GROWTH = "fb54fcb456d4";
    private static final String MONEY = "722c08cc064b";
    private static final String CARE = "9685eead33fc";

    private static final String ORDERS = "dbdff5177298";
    private static final String ORDER_LINES = "bbdfc751aed6";
    private static final String CUSTOMERS = "f79984bc4b4e";
    private static final String RETURNS = "2e4f181dafae";
    private static final String STOCK = "556e1ad98091";
    private static final String CAMPAIGNS = "c963be42b881";
    private static final String SESSIONS = "117c23bb9ccb";
    private static final String SIGN_UPS = "d86c4030ba83";
    private static final String INVOICES = "e2d239882da1";
    private static final String PAYMENTS = "6eca639eaa50";
    private static final String TICKETS = "be7b7e3e0a9d";
    private static final String SATISFACTION = "56716ea09a2f";

    private SampleWorkspace() {}

    static void fill(SandboxWorkspace workspace) {
        workspace.addDataSource(ORDERS_WAREHOUSE, "Orders warehouse");
        workspace.addDataSource(MARKETING, "Marketing lake");
        workspace.addDataSource(FINANCE, "Finance ledger");
        workspace.addDataSource(SUPPORT, "Support desk replica");
        workspace.addSpace(SALES, "Sales");
        workspace.addSpace(GROWTH, "Growth");
        workspace.addSpace(MONEY, "Finance");
        workspace.addSpace(CARE, "Customer care");
        addDatasets(workspace);
        addReports(workspace);
    }

    static void use(SandboxWorkspace workspace) {
        workspace.datasets().forEach(dataset -> workspace.datasetRuns().ranBefore(dataset, Duration.ofHours(1)));
        workspace.datasetRuns().schedule(SATISFACTION, Duration.ofMinutes(5));
    }

    private static void addDatasets(SandboxWorkspace workspace) {
        workspace.addDataset(ORDERS, "Orders", ORDERS_WAREHOUSE, SALES);
        workspace.addDataset(ORDER_LINES, "Order lines", ORDERS_WAREHOUSE, SALES);
        workspace.addDataset(CUSTOMERS, "Customers", ORDERS_WAREHOUSE, SALES);
        workspace.addDataset(RETURNS, "Returns", ORDERS_WAREHOUSE, CARE);
        workspace.addDataset(STOCK, "Stock by warehouse", ORDERS_WAREHOUSE, SALES);
        workspace.addDataset(CAMPAIGNS, "Campaign spend", MARKETING, GROWTH);
        workspace.addDataset(SESSIONS, "Web sessions", MARKETING, GROWTH);
        workspace.addDataset(SIGN_UPS, "Sign-ups", MARKETING, GROWTH);
        workspace.addDataset(INVOICES, "Invoices", FINANCE, MONEY);
        workspace.addDataset(PAYMENTS, "Payments received", FINANCE, MONEY);
        workspace.addDataset(TICKETS, "Support tickets", SUPPORT, CARE);
        workspace.addDataset(SATISFACTION, "Satisfaction scores", SUPPORT, CARE);
    }

    private static void addReports(SandboxWorkspace workspace) {
        workspace.addReport("001d63d3bebb", "Daily sales", SALES, ORDERS, ORDER_LINES);
        workspace.addReport("8ad03f796dc5", "Sales by region", SALES, ORDERS, CUSTOMERS);
        workspace.addReport("861d505ed91f", "Top products", SALES, ORDER_LINES);
        workspace.addReport("dab9117cf367", "Weekly revenue", SALES, ORDERS);
        workspace.addReport("a45f778f60b0", "New against returning customers", SALES, ORDERS, CUSTOMERS);
        workspace.addReport("5fe2a0d6410b", "Basket size", SALES, ORDER_LINES);
        workspace.addReport("9173dbd685b4", "Stock cover", SALES, STOCK, ORDER_LINES);
        workspace.addReport("d3925a5422e1", "Slow movers", SALES, STOCK);
        workspace.addReport("b031b86eb96d", "Account overview", SALES, CUSTOMERS, ORDERS, INVOICES);
        workspace.addReport("e0d3d43fbffa", "Sales pipeline", SALES, CUSTOMERS);
        workspace.addReport("c4cef2f74c81", "Campaign performance", GROWTH, CAMPAIGNS, SIGN_UPS);
        workspace.addReport("9d8a01c689f3", "Cost per sign-up", GROWTH, CAMPAIGNS, SIGN_UPS);
        workspace.addReport("32ccfcdd7b0f", "Traffic by channel", GROWTH, SESSIONS);
        workspace.addReport("b0d5deac1a8d", "Conversion funnel", GROWTH, SESSIONS, SIGN_UPS, ORDERS);
        workspace.addReport("be86f84097c8", "Sign-up cohorts", GROWTH, SIGN_UPS, ORDERS);
        workspace.addReport("ae64d60d7547", "Landing pages", GROWTH, SESSIONS);
        workspace.addReport("7c901430a9a7", "Attribution", GROWTH, CAMPAIGNS, SESSIONS, ORDERS);
        workspace.addReport("0275f996222b", "Monthly close", MONEY, INVOICES, PAYMENTS);
        workspace.addReport("e7454857437a", "Overdue invoices", MONEY, INVOICES, PAYMENTS, CUSTOMERS);
        workspace.addReport("911739101922", "Cash position", MONEY, PAYMENTS);
        workspace.addReport("d824e1567b60", "Revenue recognition", MONEY, INVOICES, ORDERS);
        workspace.addReport("55cd5b7cb919", "Refunds", MONEY, RETURNS, PAYMENTS);
        workspace.addReport("d5d3da85a727", "Margin by product", MONEY, ORDER_LINES, INVOICES);
        workspace.addReport("f0247eb6c5fc", "Ticket backlog", CARE, TICKETS);
        workspace.addReport("d4cb246b9416", "First response time", CARE, TICKETS);
        workspace.addReport("c3a788c0336e", "Satisfaction by team", CARE, SATISFACTION, TICKETS);
        workspace.addReport("df55a68752ba", "Return reasons", CARE, RETURNS);
        workspace.addReport("69c2f677fb59", "Contact rate per order", CARE, TICKETS, ORDERS);
        workspace.addReport("8821fdd08775", "Customers at risk", CARE, SATISFACTION, CUSTOMERS, RETURNS);
        workspace.addReport("31912032781a", "Company scorecard", SALES, ORDERS, CAMPAIGNS, INVOICES, TICKETS);
    }
}
