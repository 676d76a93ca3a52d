-- The role that owns the tables and migrates them, and the one under which the broker works (docs/database-roles.md).
create role dsr_owner login password 'owner';
create role dsr_application login password 'application';
create database dsr owner dsr_owner;
