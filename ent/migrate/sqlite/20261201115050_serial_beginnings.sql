-- add column "serial_beginnings" to table: "abm_tokens"
ALTER TABLE `abm_tokens` ADD COLUMN `serial_beginnings` text NOT NULL DEFAULT '';
-- How the serial numbers of its devices begin. "*" stands for those that do not begin with two letters or digits.
UPDATE `abm_tokens` SET `serial_beginnings` = coalesce((SELECT group_concat(`begin`, ' ') FROM (SELECT DISTINCT CASE WHEN substr(`serial_number`, 1, 2) GLOB '[0-9A-Z][0-9A-Z]' THEN substr(`serial_number`, 1, 2) ELSE '*' END AS `begin` FROM `devices` WHERE `devices`.`abm_token_id` = `abm_tokens`.`id`)), '');
