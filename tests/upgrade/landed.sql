SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET SESSION AUTHORIZATION DEFAULT;
ALTER TABLE public.accounts_jurisdiction DISABLE TRIGGER ALL;
INSERT INTO public.accounts_jurisdiction (code, name_zh, name_en, kind, parent_id) VALUES
	('11', '北京市', 'Beijing', 'province', NULL),
	('12', '天津市', 'Tianjin', 'province', NULL),
	('13', '河北省', 'Hebei', 'province', NULL),
	('14', '山西省', 'Shanxi', 'province', NULL),
	('15', '内蒙古自治区', 'Inner Mongolia', 'province', NULL),
	('21', '辽宁省', 'Liaoning', 'province', NULL),
	('22', '吉林省', 'Jilin', 'province', NULL),
	('23', '黑龙江省', 'Heilongjiang', 'province', NULL),
	('31', '上海市', 'Shanghai', 'province', NULL),
	('32', '江苏省', 'Jiangsu', 'province', NULL),
	('33', '浙江省', 'Zhejiang', 'province', NULL),
	('34', '安徽省', 'Anhui', 'province', NULL),
	('35', '福建省', 'Fujian', 'province', NULL),
	('36', '江西省', 'Jiangxi', 'province', NULL),
	('37', '山东省', 'Shandong', 'province', NULL),
	('41', '河南省', 'Henan', 'province', NULL),
	('42', '湖北省', 'Hubei', 'province', NULL),
	('43', '湖南省', 'Hunan', 'province', NULL),
	('44', '广东省', 'Guangdong', 'province', NULL),
	('45', '广西壮族自治区', 'Guangxi', 'province', NULL),
	('46', '海南省', 'Hainan', 'province', NULL),
	('50', '重庆市', 'Chongqing', 'province', NULL),
	('51', '四川省', 'Sichuan', 'province', NULL),
	('52', '贵州省', 'Guizhou', 'province', NULL),
	('53', '云南省', 'Yunnan', 'province', NULL),
	('54', '西藏自治区', 'Xizang', 'province', NULL),
	('61', '陕西省', 'Shaanxi', 'province', NULL),
	('62', '甘肃省', 'Gansu', 'province', NULL),
	('63', '青海省', 'Qinghai', 'province', NULL),
	('64', '宁夏回族自治区', 'Ningxia', 'province', NULL),
	('65', '新疆维吾尔自治区', 'Xinjiang', 'province', NULL),
	('2102', '大连市', 'Dalian', 'listed_city', '21'),
	('3302', '宁波市', 'Ningbo', 'listed_city', '33'),
	('3502', '厦门市', 'Xiamen', 'listed_city', '35'),
	('3702', '青岛市', 'Qingdao', 'listed_city', '37'),
	('4403', '深圳市', 'Shenzhen', 'listed_city', '44'),
	('66', '新疆生产建设兵团', 'Xinjiang Production and Construction Corps', 'corps', NULL);
ALTER TABLE public.accounts_jurisdiction ENABLE TRIGGER ALL;
ALTER TABLE public.accounts_agency DISABLE TRIGGER ALL;
INSERT INTO public.accounts_agency (id, name, code, address, phone, review_body, active, jurisdiction_id) VALUES
	(1, '杭州市技术合同登记处', '330101', '', '', '浙江省科学技术厅', true, '33'),
	(2, '浙江省技术市场促进会登记处', '330001', '', '', '浙江省科学技术厅', true, '33'),
	(3, '宁波市技术合同登记处', '330201', '', '', '宁波市科学技术局', true, '3302'),
	(4, '南京市技术合同登记处', '320101', '', '', '江苏省科学技术厅', true, '32'),
	(5, '北京技术市场管理办公室登记处', '110101', '', '', '北京技术市场管理办公室', true, '11'),
	(6, '上海市技术市场管理办公室', '310101', '', '', '上海市科学技术委员会', true, '31'),
	(7, '郑州市技术合同登记处', '410101', '', '', '河南省科学技术厅', true, '41');
ALTER TABLE public.accounts_agency ENABLE TRIGGER ALL;
ALTER TABLE public.accounts_agencyarea DISABLE TRIGGER ALL;
INSERT INTO public.accounts_agencyarea (id, prefix, agency_id) VALUES
	(1, '3301', 1),
	(2, '33', 2),
	(3, '3302', 3),
	(4, '3201', 4),
	(5, '11', 5),
	(6, '31', 6),
	(7, '4101', 7);
ALTER TABLE public.accounts_agencyarea ENABLE TRIGGER ALL;
ALTER TABLE public.accounts_user DISABLE TRIGGER ALL;
INSERT INTO public.accounts_user (id, password, last_login, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined, phone) VALUES
	(1, 'pbkdf2_sha256$1000000$Y7l8OmOMa2sIsYH1eWHKnx$trsIa+vHnefYVaP+Ob5e77iaWKmrrMUeI4Tb0/WsrwQ=', NULL, false, 'enterprise', '知微', '陈', 'enterprise@portal.example', false, true, '2026-11-27 06:07:51.371836+00', ''),
	(2, 'pbkdf2_sha256$1000000$IZZLEO0SvZRF6fnsHRWGGo$W8/cwFsJIrJ9kTPlkP/0TqEP/wxT9p28rzsWFUNRcnE=', NULL, false, 'buyer', '朗', '林', 'buyer@portal.example', false, true, '2026-11-27 06:07:52.609183+00', ''),
	(3, 'pbkdf2_sha256$1000000$jnyStesiU6ZlB71MOXZTLl$A5Bs9vw8N40khY3Kvty5ys14OGfItMSnN7Av2rR4jCQ=', NULL, false, 'examiner', '审之', '王', 'examiner@portal.example', true, true, '2026-11-27 06:07:53.773857+00', ''),
	(4, 'pbkdf2_sha256$1000000$Kc49VmoaadntZ6odrdd18l$7pHVCxIpjwaTAvQuE3nXZKYhTN0pCsHEC+lVyLwDV5E=', NULL, false, 'examiner2', '复核', '李', 'examiner2@portal.example', true, true, '2026-11-27 06:07:54.997867+00', ''),
	(5, 'pbkdf2_sha256$1000000$2E6RSTtfMPeTU5aGgL06XT$piIAaOmY0npQKFZzI0MMQRnfC7qCbj2pp8QkkFlwX+8=', NULL, false, 'examiner-nj', '宁', '周', 'examiner-nj@portal.example', true, true, '2026-11-27 06:07:56.206276+00', ''),
	(6, 'pbkdf2_sha256$1000000$meQqhrAV3OyngtUprtdvxl$o4RgVo0NZuRpsvKZim8qehSvu8Xf5NLD4MP1PAY7v9M=', NULL, false, 'official', '主管', '赵', 'official@portal.example', true, true, '2026-11-27 06:07:57.447906+00', ''),
	(7, 'pbkdf2_sha256$1000000$zxabxUjQzjeQy9yLEfEvuY$vTkwooYdTtB3zjxLLFYEKvUmby7+i58WitlNhk/ieUE=', NULL, false, 'torch', '火炬', '吴', 'torch@portal.example', true, true, '2026-11-27 06:07:58.100191+00', ''),
	(8, 'pbkdf2_sha256$1000000$NnOEaOUHuQyeTwstfHYTSV$HZdsCaUap4g/x2BOV2O2buiyhcVEd+RNIj7m8Oxzs8k=', NULL, false, 'operator', '运维', '孙', 'operator@portal.example', true, true, '2026-11-27 06:07:58.595189+00', '');
ALTER TABLE public.accounts_user ENABLE TRIGGER ALL;
ALTER TABLE public.accounts_appointment DISABLE TRIGGER ALL;
INSERT INTO public.accounts_appointment (id, role, agency_id, user_id, jurisdiction_id) VALUES
	(1, 'reviewer', 1, 3, NULL),
	(2, 'reviewer', 1, 4, NULL),
	(3, 'reviewer', 4, 5, NULL),
	(4, 'official', NULL, 6, '33'),
	(5, 'official', NULL, 7, NULL),
	(6, 'operator', NULL, 8, NULL);
ALTER TABLE public.accounts_appointment ENABLE TRIGGER ALL;
ALTER TABLE public.accounts_divisionprefix DISABLE TRIGGER ALL;
INSERT INTO public.accounts_divisionprefix (prefix, jurisdiction_id) VALUES
	('11', '11'),
	('12', '12'),
	('13', '13'),
	('14', '14'),
	('15', '15'),
	('21', '21'),
	('2102', '2102'),
	('22', '22'),
	('23', '23'),
	('31', '31'),
	('32', '32'),
	('33', '33'),
	('3302', '3302'),
	('34', '34'),
	('35', '35'),
	('3502', '3502'),
	('36', '36'),
	('37', '37'),
	('3702', '3702'),
	('41', '41'),
	('42', '42'),
	('43', '43'),
	('44', '44'),
	('4403', '4403'),
	('45', '45'),
	('46', '46'),
	('50', '50'),
	('51', '51'),
	('52', '52'),
	('53', '53'),
	('54', '54'),
	('61', '61'),
	('62', '62'),
	('63', '63'),
	('64', '64'),
	('65', '65'),
	('6590', '66');
ALTER TABLE public.accounts_divisionprefix ENABLE TRIGGER ALL;
ALTER TABLE public.accounts_enterprise DISABLE TRIGGER ALL;
INSERT INTO public.accounts_enterprise (id, credit_code, name, division, nature, resident, address, legal_representative, contact, phone, email, jurisdiction_id) VALUES
	(1, '91330106MAGUJ65R6B', '杭州知微能源科技股份有限公司', '330106', '100', true, '杭州市西湖区文三路 90 号', '陈知微', '陈知微', '0571-80000001', 'filing@zhiwei.example', '33'),
	(2, '91330106MAE942HR7E', '杭州朗途生物医药有限公司', '330106', '100', true, '', '', '', '', 'contact@langtu.example', '33');
ALTER TABLE public.accounts_enterprise ENABLE TRIGGER ALL;
ALTER TABLE public.accounts_membership DISABLE TRIGGER ALL;
INSERT INTO public.accounts_membership (id, role, enterprise_id, user_id) VALUES
	(1, 'owner', 1, 1),
	(2, 'owner', 2, 2);
ALTER TABLE public.accounts_membership ENABLE TRIGGER ALL;
ALTER TABLE public.auth_group DISABLE TRIGGER ALL;
ALTER TABLE public.auth_group ENABLE TRIGGER ALL;
ALTER TABLE public.accounts_user_groups DISABLE TRIGGER ALL;
ALTER TABLE public.accounts_user_groups ENABLE TRIGGER ALL;
ALTER TABLE public.accounts_user_user_permissions DISABLE TRIGGER ALL;
ALTER TABLE public.accounts_user_user_permissions ENABLE TRIGGER ALL;
ALTER TABLE public.auth_group_permissions DISABLE TRIGGER ALL;
ALTER TABLE public.auth_group_permissions ENABLE TRIGGER ALL;
ALTER TABLE public.authtoken_token DISABLE TRIGGER ALL;
ALTER TABLE public.authtoken_token ENABLE TRIGGER ALL;
ALTER TABLE public.filings_filing DISABLE TRIGGER ALL;
INSERT INTO public.filings_filing (id, line, number, state, stage, owner, version, edition, created_at, submitted_at, accepted_on, due_on, due_provisional, overdue_flagged_on, decided_at, agency_id, created_by_id, decided_by_id, enterprise_id, jurisdiction_id) VALUES
	(1, 'contracts', NULL, 'draft', 'draft', 'filer', 2, '', '2020-02-23 21:22:26.076431+00', NULL, NULL, NULL, false, NULL, NULL, NULL, 1, NULL, 1, '33'),
	(2, 'contracts', NULL, 'draft', 'draft', 'filer', 2, '', '2020-02-22 18:30:26.076431+00', NULL, NULL, NULL, false, NULL, NULL, NULL, 1, NULL, 1, '33'),
	(3, 'contracts', 'HT-2020-330101-000001', 'submitted', 'submitted', 'reviewer', 3, 'R2001+N2020', '2020-02-27 20:58:26.076431+00', '2020-02-27 21:28:26.076431+00', '2020-02-28', '2020-03-09', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(4, 'contracts', 'HT-2020-330101-000002', 'submitted', 'submitted', 'reviewer', 3, 'R2001+N2020', '2020-02-23 20:51:26.076431+00', '2020-02-23 21:21:26.076431+00', '2020-02-24', '2020-03-05', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(5, 'contracts', 'HT-2020-330101-000003', 'submitted', 'submitted', 'reviewer', 3, 'R2001+N2020', '2020-02-29 23:46:26.076431+00', '2020-03-01 00:16:26.076431+00', '2020-03-01', '2020-03-11', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(6, 'contracts', 'HT-2020-330101-000004', 'submitted', 'submitted', 'reviewer', 3, 'R2001+N2020', '2020-02-22 19:25:26.076431+00', '2020-02-22 19:55:26.076431+00', '2020-02-23', '2020-03-04', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(7, 'contracts', 'HT-2020-330101-000005', 'submitted', 'submitted', 'reviewer', 3, 'R2001+N2020', '2020-02-27 00:45:26.076431+00', '2020-02-27 01:15:26.076431+00', '2020-02-27', '2020-03-09', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(8, 'contracts', 'HT-2020-330101-000006', 'submitted', 'submitted', 'reviewer', 3, 'R2001+N2020', '2020-02-26 21:48:26.076431+00', '2020-02-26 22:18:26.076431+00', '2020-02-27', '2020-03-09', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(9, 'contracts', 'HT-2020-330101-000007', 'submitted', 'submitted', 'reviewer', 3, 'R2001+N2020', '2020-02-23 19:40:26.076431+00', '2020-02-23 20:10:26.076431+00', '2020-02-24', '2020-03-05', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(10, 'contracts', 'HT-2020-330101-000008', 'submitted', 'submitted', 'reviewer', 3, 'R2001+N2020', '2020-02-29 19:20:26.076431+00', '2020-02-29 19:50:26.076431+00', '2020-03-01', '2020-03-11', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(11, 'contracts', 'HT-2020-330101-000009', 'accepted', 'in_review', 'reviewer', 4, 'R2001+N2020', '2020-02-22 19:39:26.076431+00', '2020-02-22 20:09:26.076431+00', '2020-02-23', '2020-03-04', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(12, 'contracts', 'HT-2020-330101-000010', 'accepted', 'in_review', 'reviewer', 4, 'R2001+N2020', '2020-02-29 19:36:26.076431+00', '2020-02-29 20:06:26.076431+00', '2020-03-01', '2020-03-11', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(13, 'contracts', 'HT-2020-330101-000011', 'accepted', 'in_review', 'reviewer', 4, 'R2001+N2020', '2020-02-26 23:29:26.076431+00', '2020-02-26 23:59:26.076431+00', '2020-02-27', '2020-03-09', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(14, 'contracts', 'HT-2020-330101-000012', 'accepted', 'in_review', 'reviewer', 4, 'R2001+N2020', '2020-02-28 22:02:26.076431+00', '2020-02-28 22:32:26.076431+00', '2020-02-29', '2020-03-10', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(15, 'contracts', 'HT-2020-330101-000013', 'accepted', 'in_review', 'reviewer', 4, 'R2001+N2020', '2020-02-28 23:48:26.076431+00', '2020-02-29 00:18:26.076431+00', '2020-02-29', '2020-03-10', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(16, 'contracts', 'HT-2020-330101-000014', 'accepted', 'in_review', 'reviewer', 4, 'R2001+N2020', '2020-02-24 00:32:26.076431+00', '2020-02-24 01:02:26.076431+00', '2020-02-24', '2020-03-05', false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(17, 'contracts', 'HT-2020-330101-000015', 'correcting', 'correcting', 'filer', 5, 'R2001+N2020', '2020-02-22 00:43:26.076431+00', '2020-02-22 01:13:26.076431+00', NULL, NULL, false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(18, 'contracts', 'HT-2020-330101-000016', 'correcting', 'correcting', 'filer', 5, 'R2001+N2020', '2020-02-25 22:46:26.076431+00', '2020-02-25 23:16:26.076431+00', NULL, NULL, false, NULL, NULL, 1, 1, NULL, 1, '33'),
	(19, 'contracts', 'HT-2020-330101-000017', 'recognised', 'granted', 'nobody', 5, 'R2001+N2020', '2020-02-26 23:18:26.076431+00', '2020-02-26 23:48:26.076431+00', '2020-02-27', '2020-03-09', false, NULL, '2020-02-26 23:48:26.076431+00', 1, 1, 3, 1, '33'),
	(20, 'contracts', 'HT-2020-330101-000018', 'recognised', 'granted', 'nobody', 5, 'R2001+N2020', '2020-02-27 23:39:26.076431+00', '2020-02-28 00:09:26.076431+00', '2020-02-28', '2020-03-09', false, NULL, '2020-02-28 00:09:26.076431+00', 1, 1, 3, 1, '33'),
	(21, 'contracts', 'HT-2020-330101-000019', 'recognised', 'granted', 'nobody', 5, 'R2001+N2020', '2020-02-29 00:23:26.076431+00', '2020-02-29 00:53:26.076431+00', '2020-02-29', '2020-03-10', false, NULL, '2020-02-29 00:53:26.076431+00', 1, 1, 3, 1, '33'),
	(22, 'contracts', 'HT-2020-330101-000020', 'recognised', 'granted', 'nobody', 5, 'R2001+N2020', '2020-02-27 20:28:26.076431+00', '2020-02-27 20:58:26.076431+00', '2020-02-28', '2020-03-09', false, NULL, '2020-02-27 20:58:26.076431+00', 1, 1, 3, 1, '33'),
	(23, 'contracts', 'HT-2020-330101-000021', 'recognised', 'granted', 'nobody', 5, 'R2001+N2020', '2020-02-29 23:00:26.076431+00', '2020-02-29 23:30:26.076431+00', '2020-03-01', '2020-03-11', false, NULL, '2020-02-29 23:30:26.076431+00', 1, 1, 3, 1, '33'),
	(24, 'contracts', 'HT-2020-330101-000022', 'recognised', 'granted', 'nobody', 5, 'R2001+N2020', '2020-03-01 00:41:26.076431+00', '2020-03-01 01:11:26.076431+00', '2020-03-01', '2020-03-11', false, NULL, '2020-03-01 01:11:26.076431+00', 1, 1, 3, 1, '33');
ALTER TABLE public.filings_filing ENABLE TRIGGER ALL;
ALTER TABLE public.certificates_certificate DISABLE TRIGGER ALL;
INSERT INTO public.certificates_certificate (id, template, number, version, verify_code, content, status, ended_at, issued_at, making, attempts, due_at, claim, claimed_until, last_error, pdf, sha256, rendered_at, ended_by_id, filing_id, issued_by_id, supersedes_id) VALUES
	(1, 'technical_contract', '2020330101000001', 1, 'RRKEC94DAY5B', '{"kind": "技术开发", "term": "2020年1月23日至2022年1月22日", "buyer": "上海启衡智能有限公司", "field": "航空航天技术", "title": "技术合同认定登记证明", "agency": "杭州市技术合同登记处", "number": "2020330101000001", "sample": true, "seller": "杭州知微能源科技股份有限公司", "ip_kind": "未涉及知识产权", "subkind": "合作开发", "version": "1", "rule_set": "国科发政字〔2000〕063号 技术合同认定登记管理办法; 国科发政字〔2001〕253号 技术合同认定规则; 国科火字〔2020〕38号 第二条", "tax_note": "本证明不等同于免税决定", "issued_on": "2020年2月27日", "registrar": "王审之", "signed_on": "2020年1月23日", "supersedes": "", "total_yuan": "1,540,000.00", "verify_url": "http://127.0.0.1:8000/verify/RRKEC94DAY5B/", "seller_code": "91330106MAGUJ65R6B", "status_line": "本证明状态以核验页为准", "verify_code": "RRKE-C94D-AY5B", "buyer_region": "上海市浦东新区", "project_name": "卫星遥感影像解译联合研发（019）", "filing_number": "HT-2020-330101-000017", "seller_region": "浙江省杭州市西湖区", "total_capital": "人民币壹佰伍拾肆万元整", "technical_yuan": "1,386,000.00", "technical_capital": "人民币壹佰叁拾捌万陆仟元整"}', 'valid', NULL, '2020-02-26 23:48:26.076431+00', 'pending', 0, '2020-02-26 23:49:11.076431+00', NULL, NULL, '', '', '', NULL, NULL, 19, 3, NULL),
	(2, 'technical_contract', '2020330101000002', 1, 'SW2YA3P2ZTFN', '{"kind": "技术服务", "term": "2020年1月24日至2021年1月23日", "buyer": "宁波青禾农科有限公司", "field": "新能源与高效节能", "title": "技术合同认定登记证明", "agency": "杭州市技术合同登记处", "number": "2020330101000002", "sample": true, "seller": "杭州知微能源科技股份有限公司", "ip_kind": "未涉及知识产权", "subkind": "一般技术服务", "version": "1", "rule_set": "国科发政字〔2000〕063号 技术合同认定登记管理办法; 国科发政字〔2001〕253号 技术合同认定规则; 国科火字〔2020〕38号 第二条", "tax_note": "本证明不等同于免税决定", "issued_on": "2020年2月28日", "registrar": "王审之", "signed_on": "2020年1月24日", "supersedes": "", "total_yuan": "1,650,000.00", "verify_url": "http://127.0.0.1:8000/verify/SW2YA3P2ZTFN/", "seller_code": "91330106MAGUJ65R6B", "status_line": "本证明状态以核验页为准", "verify_code": "SW2Y-A3P2-ZTFN", "buyer_region": "浙江省宁波市江北区", "project_name": "园区能耗在线监测技术服务（020）", "filing_number": "HT-2020-330101-000018", "seller_region": "浙江省杭州市西湖区", "total_capital": "人民币壹佰陆拾伍万元整", "technical_yuan": "1,650,000.00", "technical_capital": "人民币壹佰陆拾伍万元整"}', 'valid', NULL, '2020-02-28 00:09:26.076431+00', 'pending', 0, '2020-02-28 00:10:11.076431+00', NULL, NULL, '', '', '', NULL, NULL, 20, 3, NULL),
	(3, 'technical_contract', '2020330101000003', 1, '8BVHAJJMQM6X', '{"kind": "技术转让", "term": "2020年2月23日至2022年2月22日", "buyer": "杭州华澄环保有限公司", "field": "电子信息技术", "title": "技术合同认定登记证明", "agency": "杭州市技术合同登记处", "number": "2020330101000003", "sample": true, "seller": "杭州知微能源科技股份有限公司", "ip_kind": "技术秘密", "subkind": "技术秘密转让", "version": "1", "rule_set": "国科发政字〔2000〕063号 技术合同认定登记管理办法; 国科发政字〔2001〕253号 技术合同认定规则; 国科火字〔2020〕38号 第二条", "tax_note": "本证明不等同于免税决定", "issued_on": "2020年2月29日", "registrar": "王审之", "signed_on": "2020年2月23日", "supersedes": "", "total_yuan": "820,000.00", "verify_url": "http://127.0.0.1:8000/verify/8BVHAJJMQM6X/", "seller_code": "91330106MAGUJ65R6B", "status_line": "本证明状态以核验页为准", "verify_code": "8BVH-AJJM-QM6X", "buyer_region": "浙江省杭州市滨江区", "project_name": "红外测温算法技术秘密转让（021）", "filing_number": "HT-2020-330101-000019", "seller_region": "浙江省杭州市西湖区", "total_capital": "人民币捌拾贰万元整", "technical_yuan": "738,000.00", "technical_capital": "人民币柒拾叁万捌仟元整"}', 'valid', NULL, '2020-02-29 00:53:26.076431+00', 'pending', 0, '2020-02-29 00:54:11.076431+00', NULL, NULL, '', '', '', NULL, NULL, 21, 3, NULL),
	(4, 'technical_contract', '2020330101000004', 1, 'VNCEM93H9PKK', '{"kind": "技术咨询", "term": "2020年2月24日至2020年8月22日", "buyer": "上海星图遥感有限公司", "field": "电子信息技术", "title": "技术合同认定登记证明", "agency": "杭州市技术合同登记处", "number": "2020330101000004", "sample": true, "seller": "杭州知微能源科技股份有限公司", "ip_kind": "未涉及知识产权", "subkind": "技术咨询", "version": "1", "rule_set": "国科发政字〔2000〕063号 技术合同认定登记管理办法; 国科发政字〔2001〕253号 技术合同认定规则; 国科火字〔2020〕38号 第二条", "tax_note": "本证明不等同于免税决定", "issued_on": "2020年2月28日", "registrar": "王审之", "signed_on": "2020年2月24日", "supersedes": "", "total_yuan": "1,390,000.00", "verify_url": "http://127.0.0.1:8000/verify/VNCEM93H9PKK/", "seller_code": "91330106MAGUJ65R6B", "status_line": "本证明状态以核验页为准", "verify_code": "VNCE-M93H-9PKK", "buyer_region": "上海市浦东新区", "project_name": "红外测温算法技术方案咨询（022）", "filing_number": "HT-2020-330101-000020", "seller_region": "浙江省杭州市西湖区", "total_capital": "人民币壹佰叁拾玖万元整", "technical_yuan": "1,251,000.00", "technical_capital": "人民币壹佰贰拾伍万壹仟元整"}', 'valid', NULL, '2020-02-27 20:58:26.076431+00', 'pending', 0, '2020-02-27 20:59:11.076431+00', NULL, NULL, '', '', '', NULL, NULL, 22, 3, NULL),
	(5, 'technical_contract', '2020330101000005', 1, 'HN5A6RUX7JQF', '{"kind": "技术转让", "term": "2020年2月20日至2021年2月19日", "buyer": "南京云栖数据有限公司", "field": "现代交通", "title": "技术合同认定登记证明", "agency": "杭州市技术合同登记处", "number": "2020330101000005", "sample": true, "seller": "杭州知微能源科技股份有限公司", "ip_kind": "技术秘密", "subkind": "技术秘密转让", "version": "1", "rule_set": "国科发政字〔2000〕063号 技术合同认定登记管理办法; 国科发政字〔2001〕253号 技术合同认定规则; 国科火字〔2020〕38号 第二条", "tax_note": "本证明不等同于免税决定", "issued_on": "2020年3月1日", "registrar": "王审之", "signed_on": "2020年2月20日", "supersedes": "", "total_yuan": "920,000.00", "verify_url": "http://127.0.0.1:8000/verify/HN5A6RUX7JQF/", "seller_code": "91330106MAGUJ65R6B", "status_line": "本证明状态以核验页为准", "verify_code": "HN5A-6RUX-7JQF", "buyer_region": "江苏省南京市玄武区", "project_name": "城市轨道客流预测技术秘密转让（023）", "filing_number": "HT-2020-330101-000021", "seller_region": "浙江省杭州市西湖区", "total_capital": "人民币玖拾贰万元整", "technical_yuan": "828,000.00", "technical_capital": "人民币捌拾贰万捌仟元整"}', 'valid', NULL, '2020-02-29 23:30:26.076431+00', 'pending', 0, '2020-02-29 23:31:11.076431+00', NULL, NULL, '', '', '', NULL, NULL, 23, 3, NULL),
	(6, 'technical_contract', '2020330101000006', 1, 'VRECFE74E3GR', '{"kind": "技术开发", "term": "2020年2月12日至2021年2月11日", "buyer": "杭州星图遥感有限公司", "field": "电子信息技术", "title": "技术合同认定登记证明", "agency": "杭州市技术合同登记处", "number": "2020330101000006", "sample": true, "seller": "杭州知微能源科技股份有限公司", "ip_kind": "未涉及知识产权", "subkind": "委托开发", "version": "1", "rule_set": "国科发政字〔2000〕063号 技术合同认定登记管理办法; 国科发政字〔2001〕253号 技术合同认定规则; 国科火字〔2020〕38号 第二条", "tax_note": "本证明不等同于免税决定", "issued_on": "2020年3月1日", "registrar": "王审之", "signed_on": "2020年2月12日", "supersedes": "", "total_yuan": "1,830,000.00", "verify_url": "http://127.0.0.1:8000/verify/VRECFE74E3GR/", "seller_code": "91330106MAGUJ65R6B", "status_line": "本证明状态以核验页为准", "verify_code": "VREC-FE74-E3GR", "buyer_region": "浙江省杭州市滨江区", "project_name": "红外测温算法开发（024）", "filing_number": "HT-2020-330101-000022", "seller_region": "浙江省杭州市西湖区", "total_capital": "人民币壹佰捌拾叁万元整", "technical_yuan": "1,830,000.00", "technical_capital": "人民币壹佰捌拾叁万元整"}', 'valid', NULL, '2020-03-01 01:11:26.076431+00', 'pending', 0, '2020-03-01 01:12:11.076431+00', NULL, NULL, '', '', '', NULL, NULL, 24, 3, NULL);
ALTER TABLE public.certificates_certificate ENABLE TRIGGER ALL;
ALTER TABLE public.contracts_contract DISABLE TRIGGER ALL;
INSERT INTO public.contracts_contract (filing_id, project_name, form, kind, subkind, signed_on, starts_on, ends_on, classified, foreign_language, contains, goal_clear, mastered_before, innovative, buyer_only_pays, seals_complete, applicant, is_import, intermediary_name, intermediary_division, seller_name, seller_code, seller_division, buyer_name, buyer_code, buyer_division, buyer_country, buyer_nature, related, total_yuan, technical_yuan, payment, royalty_base, royalty_rate, carrier_sets, ip_kind, patent_name, patent_applicant, patentee, patent_filed_on, patent_number, patent_expires_on, tech_field, objective, plan_source, fixed_technical_yuan, registration_number, recognised_on, refusal_grounds, typed, saved_at, saved_version) VALUES
	(1, '核酸快速检测试剂开发（001）', 'written', 'development', 'dev_e', '2020-01-23', '2020-01-23', '2022-01-22', false, false, '[]', true, false, true, true, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '宁波云栖数据有限公司', '91330205MAJBA8NA6N', '330205', '', '100', false, 3650000.00, 3285000.00, 'instalments', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'biomedicine', 'health', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-23 21:22:26.076431+00', 1),
	(2, '卫星遥感影像解译技术方案咨询（002）', 'written', 'consulting', 'con', '2020-02-15', '2020-02-15', '2020-08-13', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '杭州致远交通有限公司', '91330108MAG70CBPXU', '330108', '', '100', false, 3210000.00, 3210000.00, 'lump', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'aerospace', 'space', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-22 18:30:26.076431+00', 1),
	(3, '核酸快速检测试剂技术秘密转让（003）', 'written', 'transfer', 'trf_secret', '2020-02-17', '2020-02-17', '2020-08-15', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '杭州启衡智能有限公司', '91330106MAQC9M5B6E', '330106', '', '100', false, 3900000.00, 3900000.00, 'instalments', '', NULL, NULL, 'technical_secret', '', '', '', NULL, '', NULL, 'biomedicine', 'health', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-27 20:58:26.076431+00', 1),
	(4, '园区能耗在线监测技术秘密转让（004）', 'written', 'transfer', 'trf_secret', '2020-02-05', '2020-02-05', '2020-08-03', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '杭州华澄环保有限公司', '91330108MA27GPJ70X', '330108', '', '100', false, 2290000.00, 2290000.00, 'instalments', '', NULL, NULL, 'technical_secret', '', '', '', NULL, '', NULL, 'energy', 'energy', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-23 20:51:26.076431+00', 1),
	(5, '智能灌溉决策模型联合研发（005）', 'written', 'development', 'dev_c', '2020-02-23', '2020-02-23', '2022-02-22', false, false, '[]', true, false, true, false, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '宁波华澄环保有限公司', '91330205MAUWJ17CXR', '330205', '', '100', false, 4390000.00, 3951000.00, 'lump', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'agriculture', 'farming', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-29 23:46:26.076431+00', 1),
	(6, '核酸快速检测试剂联合研发（006）', 'written', 'development', 'dev_c', '2020-02-18', '2020-02-18', '2020-08-16', false, false, '[]', true, false, true, false, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '上海云栖数据有限公司', '91310115MAC4WGUQ4B', '310115', '', '100', false, 3070000.00, 3070000.00, 'instalments', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'biomedicine', 'health', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-22 19:25:26.076431+00', 1),
	(7, '餐厨废水深度处理技术秘密转让（007）', 'written', 'transfer', 'trf_secret', '2020-02-19', '2020-02-19', '2022-02-18', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '杭州瀚海材料有限公司', '91330106MA984D50XJ', '330106', '', '100', false, 4030000.00, 3627000.00, 'instalments', '', NULL, NULL, 'technical_secret', '', '', '', NULL, '', NULL, 'environment', 'environment', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-27 00:45:26.076431+00', 1),
	(8, '红外测温算法开发（008）', 'written', 'development', 'dev_e', '2020-02-20', '2020-02-20', '2021-02-19', false, false, '[]', true, false, true, true, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '上海致远交通有限公司', '91310115MA9NL0QD0W', '310115', '', '100', false, 2900000.00, 2900000.00, 'instalments', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'electronics', 'health', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-26 21:48:26.076431+00', 1),
	(9, '城市轨道客流预测技术方案咨询（009）', 'written', 'consulting', 'con', '2020-02-08', '2020-02-08', '2022-02-07', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '宁波启衡智能有限公司', '91330205MAJNAK8X2A', '330205', '', '100', false, 1030000.00, 927000.00, 'lump', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'transport', 'infrastructure', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-23 19:40:26.076431+00', 1),
	(10, '卫星遥感影像解译联合研发（010）', 'written', 'development', 'dev_c', '2020-02-08', '2020-02-08', '2020-08-06', false, false, '[]', true, false, true, false, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '杭州启衡智能有限公司', '91330108MAB1DE1Y18', '330108', '', '100', false, 3260000.00, 2934000.00, 'instalments', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'aerospace', 'space', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-29 19:20:26.076431+00', 1),
	(11, '熔喷无纺布驻极工艺联合研发（011）', 'written', 'development', 'dev_c', '2020-01-29', '2020-01-29', '2020-07-27', false, false, '[]', true, false, true, false, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '杭州青禾农科有限公司', '91330108MAAUQ3MW4K', '330108', '', '100', false, 3040000.00, 2736000.00, 'lump', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'materials', 'industry', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-22 19:39:26.076431+00', 1),
	(12, '社区网格化防控平台技术方案咨询（012）', 'written', 'consulting', 'con', '2020-02-04', '2020-02-04', '2022-02-03', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '宁波致远交通有限公司', '91330205MA3DDEYMXH', '330205', '', '100', false, 1370000.00, 1370000.00, 'instalments', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'urban', 'society', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-29 19:36:26.076431+00', 1),
	(13, '卫星遥感影像解译技术秘密转让（013）', 'written', 'transfer', 'trf_secret', '2020-02-16', '2020-02-16', '2021-02-15', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '上海青禾农科有限公司', '91310115MA887YDN0H', '310115', '', '100', false, 4460000.00, 4460000.00, 'lump', '', NULL, NULL, 'technical_secret', '', '', '', NULL, '', NULL, 'aerospace', 'space', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-26 23:29:26.076431+00', 1),
	(14, '城市轨道客流预测技术服务（014）', 'written', 'service', 'srv', '2020-02-09', '2020-02-09', '2022-02-08', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '宁波青禾农科有限公司', '91330205MA0107GA04', '330205', '', '100', false, 4570000.00, 4570000.00, 'instalments', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'transport', 'infrastructure', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-28 22:02:26.076431+00', 1),
	(15, '城市轨道客流预测开发（015）', 'written', 'development', 'dev_e', '2020-02-22', '2020-02-22', '2022-02-21', false, false, '[]', true, false, true, true, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '宁波致远交通有限公司', '91330205MAWWLMMW06', '330205', '', '100', false, 240000.00, 240000.00, 'lump', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'transport', 'infrastructure', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-28 23:48:26.076431+00', 1),
	(16, '负压救护舱气流控制联合研发（016）', 'written', 'development', 'dev_c', '2020-01-26', '2020-01-26', '2020-07-24', false, false, '[]', true, false, true, false, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '杭州云栖数据有限公司', '91330108MA9QUD1L4B', '330108', '', '100', false, 1980000.00, 1980000.00, 'instalments', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'manufacturing', 'health', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-24 00:32:26.076431+00', 1),
	(17, '城市轨道客流预测技术服务（017）', 'written', 'service', 'srv', '2020-02-19', '2020-02-19', '2021-02-18', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '宁波朗途生物有限公司', '91330205MATRJ5KL0B', '330205', '', '100', false, 800000.00, 720000.00, 'lump', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'transport', 'infrastructure', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-22 00:43:26.076431+00', 1),
	(18, '社区网格化防控平台开发（018）', 'written', 'development', 'dev_e', '2020-02-18', '2020-02-18', '2022-02-17', false, false, '[]', true, false, true, true, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '杭州致远交通有限公司', '91330106MAC4KE3Q1W', '330106', '', '100', false, 1710000.00, 1539000.00, 'instalments', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'urban', 'society', 'outside', NULL, NULL, NULL, '[]', '{}', '2020-02-25 22:46:26.076431+00', 1),
	(19, '卫星遥感影像解译联合研发（019）', 'written', 'development', 'dev_c', '2020-01-23', '2020-01-23', '2022-01-22', false, false, '[]', true, false, true, false, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '上海启衡智能有限公司', '91310115MAR02U8A14', '310115', '', '100', false, 1540000.00, 1386000.00, 'instalments', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'aerospace', 'space', 'outside', NULL, '2020330101000001', '2020-02-27', '[]', '{}', '2020-02-26 23:18:26.076431+00', 1),
	(20, '园区能耗在线监测技术服务（020）', 'written', 'service', 'srv', '2020-01-24', '2020-01-24', '2021-01-23', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '宁波青禾农科有限公司', '91330205MARQTRAQ8T', '330205', '', '100', false, 1650000.00, 1650000.00, 'lump', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'energy', 'energy', 'outside', NULL, '2020330101000002', '2020-02-28', '[]', '{}', '2020-02-27 23:39:26.076431+00', 1),
	(21, '红外测温算法技术秘密转让（021）', 'written', 'transfer', 'trf_secret', '2020-02-23', '2020-02-23', '2022-02-22', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '杭州华澄环保有限公司', '91330108MA04KWM4XW', '330108', '', '100', false, 820000.00, 738000.00, 'lump', '', NULL, NULL, 'technical_secret', '', '', '', NULL, '', NULL, 'electronics', 'health', 'outside', NULL, '2020330101000003', '2020-02-29', '[]', '{}', '2020-02-29 00:23:26.076431+00', 1),
	(22, '红外测温算法技术方案咨询（022）', 'written', 'consulting', 'con', '2020-02-24', '2020-02-24', '2020-08-22', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '上海星图遥感有限公司', '91310115MAU8TDU54R', '310115', '', '100', false, 1390000.00, 1251000.00, 'instalments', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'electronics', 'health', 'outside', NULL, '2020330101000004', '2020-02-28', '[]', '{}', '2020-02-27 20:28:26.076431+00', 1),
	(23, '城市轨道客流预测技术秘密转让（023）', 'written', 'transfer', 'trf_secret', '2020-02-20', '2020-02-20', '2021-02-19', false, false, '[]', NULL, NULL, NULL, NULL, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '南京云栖数据有限公司', '91320102MA5MRAR028', '320102', '', '100', false, 920000.00, 828000.00, 'lump', '', NULL, NULL, 'technical_secret', '', '', '', NULL, '', NULL, 'transport', 'infrastructure', 'outside', NULL, '2020330101000005', '2020-03-01', '[]', '{}', '2020-02-29 23:00:26.076431+00', 1),
	(24, '红外测温算法开发（024）', 'written', 'development', 'dev_e', '2020-02-12', '2020-02-12', '2021-02-11', false, false, '[]', true, false, true, true, true, 'seller', NULL, '', '', '杭州知微能源科技股份有限公司', '91330106MAGUJ65R6B', '330106', '杭州星图遥感有限公司', '91330108MAUXFTU387', '330108', '', '100', false, 1830000.00, 1830000.00, 'instalments', '', NULL, NULL, 'none', '', '', '', NULL, '', NULL, 'electronics', 'health', 'outside', NULL, '2020330101000006', '2020-03-01', '[]', '{}', '2020-03-01 00:41:26.076431+00', 1);
ALTER TABLE public.contracts_contract ENABLE TRIGGER ALL;
ALTER TABLE public.contracts_deduction DISABLE TRIGGER ALL;
INSERT INTO public.contracts_deduction (id, kind, amount_yuan, note, contract_id) VALUES
	(1, 'equipment', 365000.00, '', 1),
	(2, 'equipment', 439000.00, '', 5),
	(3, 'equipment', 403000.00, '', 7),
	(4, 'equipment', 103000.00, '', 9),
	(5, 'equipment', 326000.00, '', 10),
	(6, 'equipment', 304000.00, '', 11),
	(7, 'equipment', 80000.00, '', 17),
	(8, 'equipment', 171000.00, '', 18),
	(9, 'equipment', 154000.00, '', 19),
	(10, 'equipment', 82000.00, '', 21),
	(11, 'equipment', 139000.00, '', 22),
	(12, 'equipment', 92000.00, '', 23);
ALTER TABLE public.contracts_deduction ENABLE TRIGGER ALL;
ALTER TABLE public.filings_attachment DISABLE TRIGGER ALL;
INSERT INTO public.filings_attachment (id, kind, name, suffix, content_type, size, pages, sha256, file, uploaded_at, removed_at, removed_by_id, uploaded_by_id, filing_id) VALUES
	(1, 'contract_text', '合同001.pdf', '.pdf', 'application/pdf', 608, 1, '6dcf093a0b0898036712af316040c403bd0a6c67793e98892fb73fba7ef9e434', 'attachments/1/6dcf093a0b0898036712af316040c403bd0a6c67793e98892fb73fba7ef9e434.pdf', '2020-02-23 21:22:26.076431+00', NULL, NULL, 1, 1),
	(2, 'contract_text', '合同002.pdf', '.pdf', 'application/pdf', 608, 1, '0eaff2725dc55fb3f776cba6e9b24d76fa69416bbcd7a364279c6520dcf6554a', 'attachments/2/0eaff2725dc55fb3f776cba6e9b24d76fa69416bbcd7a364279c6520dcf6554a.pdf', '2020-02-22 18:30:26.076431+00', NULL, NULL, 1, 2),
	(3, 'contract_text', '合同003.pdf', '.pdf', 'application/pdf', 608, 1, '68d97ffa9642cc13d3d3a33a8a85645b75cf5886a82b79668bfc8c8c1eb4b1e9', 'attachments/3/68d97ffa9642cc13d3d3a33a8a85645b75cf5886a82b79668bfc8c8c1eb4b1e9.pdf', '2020-02-27 20:58:26.076431+00', NULL, NULL, 1, 3),
	(4, 'contract_text', '合同004.pdf', '.pdf', 'application/pdf', 608, 1, '71cd49cb59d75aa0c032066c1fe91c9adf4283d431d2ff620062e822e532e049', 'attachments/4/71cd49cb59d75aa0c032066c1fe91c9adf4283d431d2ff620062e822e532e049.pdf', '2020-02-23 20:51:26.076431+00', NULL, NULL, 1, 4),
	(5, 'contract_text', '合同005.pdf', '.pdf', 'application/pdf', 608, 1, '2a9f743a5a1f0faa2b6ace88a88845588c8bbf0ee90cf5a59577ac2406389980', 'attachments/5/2a9f743a5a1f0faa2b6ace88a88845588c8bbf0ee90cf5a59577ac2406389980.pdf', '2020-02-29 23:46:26.076431+00', NULL, NULL, 1, 5),
	(6, 'contract_text', '合同006.pdf', '.pdf', 'application/pdf', 608, 1, 'c82beb808017cd5fe82538816d79fe0c5c7f657a07c2669e801ae74b6ab36e8e', 'attachments/6/c82beb808017cd5fe82538816d79fe0c5c7f657a07c2669e801ae74b6ab36e8e.pdf', '2020-02-22 19:25:26.076431+00', NULL, NULL, 1, 6),
	(7, 'contract_text', '合同007.pdf', '.pdf', 'application/pdf', 608, 1, '251cc8901972a50e9a03ae25a7b8da9c7fbc1cd90e9eae1e309f9ba94dcb2a0b', 'attachments/7/251cc8901972a50e9a03ae25a7b8da9c7fbc1cd90e9eae1e309f9ba94dcb2a0b.pdf', '2020-02-27 00:45:26.076431+00', NULL, NULL, 1, 7),
	(8, 'contract_text', '合同008.pdf', '.pdf', 'application/pdf', 608, 1, '7f7768572a2369db6572757235a1104adf895eb01055ac4100b862cb971127b6', 'attachments/8/7f7768572a2369db6572757235a1104adf895eb01055ac4100b862cb971127b6.pdf', '2020-02-26 21:48:26.076431+00', NULL, NULL, 1, 8),
	(9, 'contract_text', '合同009.pdf', '.pdf', 'application/pdf', 608, 1, '548ae2ecdb91c9de740c2456884a1413d0fc464d20a56b4f1996762daed3d30b', 'attachments/9/548ae2ecdb91c9de740c2456884a1413d0fc464d20a56b4f1996762daed3d30b.pdf', '2020-02-23 19:40:26.076431+00', NULL, NULL, 1, 9),
	(10, 'contract_text', '合同010.pdf', '.pdf', 'application/pdf', 608, 1, '515c7f6ee9d5c7450e25952996a3d85cee63e2cc902f8d52b6e6efe2b5d23272', 'attachments/10/515c7f6ee9d5c7450e25952996a3d85cee63e2cc902f8d52b6e6efe2b5d23272.pdf', '2020-02-29 19:20:26.076431+00', NULL, NULL, 1, 10),
	(11, 'contract_text', '合同011.pdf', '.pdf', 'application/pdf', 609, 1, 'e7b4168ee88e45135ce97011e1ee5522d0dfdc20e330741865b942214e96201d', 'attachments/11/e7b4168ee88e45135ce97011e1ee5522d0dfdc20e330741865b942214e96201d.pdf', '2020-02-22 19:39:26.076431+00', NULL, NULL, 1, 11),
	(12, 'contract_text', '合同012.pdf', '.pdf', 'application/pdf', 609, 1, 'cd1acedfbc99dc978244191d592c9f52e9b03392cb1ea7b85baf8d9a39dab055', 'attachments/12/cd1acedfbc99dc978244191d592c9f52e9b03392cb1ea7b85baf8d9a39dab055.pdf', '2020-02-29 19:36:26.076431+00', NULL, NULL, 1, 12),
	(13, 'contract_text', '合同013.pdf', '.pdf', 'application/pdf', 609, 1, 'bf5329f652cc609865f43629bbd5d2a0cb8a37cbb2ea339d3aaaff79957f8a43', 'attachments/13/bf5329f652cc609865f43629bbd5d2a0cb8a37cbb2ea339d3aaaff79957f8a43.pdf', '2020-02-26 23:29:26.076431+00', NULL, NULL, 1, 13),
	(14, 'contract_text', '合同014.pdf', '.pdf', 'application/pdf', 609, 1, 'a9946ee2d1b9f46c8f1d9b1eac092216959595b0a8dfc741bcc6b08f0d207ea2', 'attachments/14/a9946ee2d1b9f46c8f1d9b1eac092216959595b0a8dfc741bcc6b08f0d207ea2.pdf', '2020-02-28 22:02:26.076431+00', NULL, NULL, 1, 14),
	(15, 'contract_text', '合同015.pdf', '.pdf', 'application/pdf', 609, 1, '53081535b3a178a72f473f18d52c7f3dffcc206eb7e3783df52b02c2e2fd059e', 'attachments/15/53081535b3a178a72f473f18d52c7f3dffcc206eb7e3783df52b02c2e2fd059e.pdf', '2020-02-28 23:48:26.076431+00', NULL, NULL, 1, 15),
	(16, 'contract_text', '合同016.pdf', '.pdf', 'application/pdf', 609, 1, 'd8a626f451ad543c02052ca553f795edbc00a16b07bef7c56796395ba084fbfd', 'attachments/16/d8a626f451ad543c02052ca553f795edbc00a16b07bef7c56796395ba084fbfd.pdf', '2020-02-24 00:32:26.076431+00', NULL, NULL, 1, 16),
	(17, 'contract_text', '合同017.pdf', '.pdf', 'application/pdf', 609, 1, 'ab5e551ad8e72768246fd38d63aeb75c854e9657fd16e2fab8123f0f5556cdc4', 'attachments/17/ab5e551ad8e72768246fd38d63aeb75c854e9657fd16e2fab8123f0f5556cdc4.pdf', '2020-02-22 00:43:26.076431+00', NULL, NULL, 1, 17),
	(18, 'contract_text', '合同018.pdf', '.pdf', 'application/pdf', 609, 1, '951f6f0661363264a91ccd7cf25592e66ae1730bdd6d61d9057a18dc55bc23ed', 'attachments/18/951f6f0661363264a91ccd7cf25592e66ae1730bdd6d61d9057a18dc55bc23ed.pdf', '2020-02-25 22:46:26.076431+00', NULL, NULL, 1, 18),
	(19, 'contract_text', '合同019.pdf', '.pdf', 'application/pdf', 609, 1, '946c34f06869767866a4047c57de7c2c7aac24d451992d11f3109006e3813f0d', 'attachments/19/946c34f06869767866a4047c57de7c2c7aac24d451992d11f3109006e3813f0d.pdf', '2020-02-26 23:18:26.076431+00', NULL, NULL, 1, 19),
	(20, 'contract_text', '合同020.pdf', '.pdf', 'application/pdf', 609, 1, 'c577266a7338605d1591cd0540341754c524f9f738d5e48de89b901ef26466c6', 'attachments/20/c577266a7338605d1591cd0540341754c524f9f738d5e48de89b901ef26466c6.pdf', '2020-02-27 23:39:26.076431+00', NULL, NULL, 1, 20),
	(21, 'contract_text', '合同021.pdf', '.pdf', 'application/pdf', 609, 1, '76de7ad17787b4bf2d798f5956c6856924eb87c6427547a5c85ec91a03a88928', 'attachments/21/76de7ad17787b4bf2d798f5956c6856924eb87c6427547a5c85ec91a03a88928.pdf', '2020-02-29 00:23:26.076431+00', NULL, NULL, 1, 21),
	(22, 'contract_text', '合同022.pdf', '.pdf', 'application/pdf', 609, 1, '8ed9eab3328752f9270ee6ea1ff5e03cfab6d9dec91913e580a5cf31ff103436', 'attachments/22/8ed9eab3328752f9270ee6ea1ff5e03cfab6d9dec91913e580a5cf31ff103436.pdf', '2020-02-27 20:28:26.076431+00', NULL, NULL, 1, 22),
	(23, 'contract_text', '合同023.pdf', '.pdf', 'application/pdf', 609, 1, 'cea5e12ad753166d5baf23229d7362fa0f8ada7eeae765c01047b521f2d53c32', 'attachments/23/cea5e12ad753166d5baf23229d7362fa0f8ada7eeae765c01047b521f2d53c32.pdf', '2020-02-29 23:00:26.076431+00', NULL, NULL, 1, 23),
	(24, 'contract_text', '合同024.pdf', '.pdf', 'application/pdf', 609, 1, 'bb51e1a83e19644463b2c0e9ff4b5d1ea8434c073a5731328e1e0fd7999f4e38', 'attachments/24/bb51e1a83e19644463b2c0e9ff4b5d1ea8434c073a5731328e1e0fd7999f4e38.pdf', '2020-03-01 00:41:26.076431+00', NULL, NULL, 1, 24);
ALTER TABLE public.filings_attachment ENABLE TRIGGER ALL;
ALTER TABLE public.filings_calendarday DISABLE TRIGGER ALL;
ALTER TABLE public.filings_calendarday ENABLE TRIGGER ALL;
ALTER TABLE public.filings_correctionitem DISABLE TRIGGER ALL;
INSERT INTO public.filings_correctionitem (id, round, field, problem, remedy, clause, asked_at, answer, answered_at, asked_by_id, filing_id) VALUES
	(1, 1, 'attachments', 'incomplete', '合同末页缺少受托方印章，请补盖后重新上传全文。', '科技部火炬中心 技术合同认定登记问答 (2021-01-13) 第八项', '2020-02-22 01:13:26.076431+00', '', NULL, 3, 17),
	(2, 1, 'deductions', 'incorrect', '合同第四条列有设备购置费，请在非技术性费用中如实填列。', '国科发政字〔2001〕253号', '2020-02-22 01:13:26.076431+00', '', NULL, 3, 17),
	(3, 1, 'attachments', 'incomplete', '合同末页缺少受托方印章，请补盖后重新上传全文。', '科技部火炬中心 技术合同认定登记问答 (2021-01-13) 第八项', '2020-02-25 23:16:26.076431+00', '', NULL, 3, 18),
	(4, 1, 'deductions', 'incorrect', '合同第四条列有设备购置费，请在非技术性费用中如实填列。', '国科发政字〔2001〕253号', '2020-02-25 23:16:26.076431+00', '', NULL, 3, 18);
ALTER TABLE public.filings_correctionitem ENABLE TRIGGER ALL;
ALTER TABLE public.filings_event DISABLE TRIGGER ALL;
INSERT INTO public.filings_event (id, seq, at, by_name, move, from_state, to_state, note, data, edition, facts_digest, prev_hash, hash, by_id, filing_id) VALUES
	(1, 1, '2020-02-23 21:22:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '93ad4b8317727af330567293cd54eae65523c2d520585aa676b9495b12deb1fb', 1, 1),
	(2, 2, '2020-02-23 21:22:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同001.pdf", "size": 608, "sha256": "6dcf093a0b0898036712af316040c403bd0a6c67793e98892fb73fba7ef9e434"}', '', '', '93ad4b8317727af330567293cd54eae65523c2d520585aa676b9495b12deb1fb', '000fcd5b0e8a167cbf63b27abcf947e15b0546b7343d7ea219db508fcd48206c', 1, 1),
	(3, 1, '2020-02-22 18:30:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '5e0d83c6e94e9d1587833aa63230bae04e4e108603b96db33c2b634a8b98311c', 1, 2),
	(4, 2, '2020-02-22 18:30:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同002.pdf", "size": 608, "sha256": "0eaff2725dc55fb3f776cba6e9b24d76fa69416bbcd7a364279c6520dcf6554a"}', '', '', '5e0d83c6e94e9d1587833aa63230bae04e4e108603b96db33c2b634a8b98311c', '9c4fb5ece3dbe8e3fb02694925ad9d9f7faf13683743a2b4955e8586a062c774', 1, 2),
	(5, 1, '2020-02-27 20:58:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', 'dbc58255c5109b521f8d7dee319ed7a50e168ed84ca92f079c63e92b9075c04e', 1, 3),
	(6, 2, '2020-02-27 20:58:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同003.pdf", "size": 608, "sha256": "68d97ffa9642cc13d3d3a33a8a85645b75cf5886a82b79668bfc8c8c1eb4b1e9"}', '', '', 'dbc58255c5109b521f8d7dee319ed7a50e168ed84ca92f079c63e92b9075c04e', '1c56d055125c0268f4a6cf4095bc540a7fca6536e557c2ef84d0d699882430b0', 1, 3),
	(7, 3, '2020-02-27 21:28:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-09", "warnings": ["VH-13"]}', 'R2001+N2020', 'a1a58beee141df22324051db1ce2485fc9e531aa53ea307cdb79dd542a8241d4', '1c56d055125c0268f4a6cf4095bc540a7fca6536e557c2ef84d0d699882430b0', '0be54b14a902e53cf99d5fa83b1af17b0526b4feae8fa7a7b4e35564c74b2fe6', 1, 3),
	(8, 1, '2020-02-23 20:51:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', 'f5ebe86c499b034fc0b30b46ae57403578e43525298f52e26bbce38e5da19960', 1, 4),
	(9, 2, '2020-02-23 20:51:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同004.pdf", "size": 608, "sha256": "71cd49cb59d75aa0c032066c1fe91c9adf4283d431d2ff620062e822e532e049"}', '', '', 'f5ebe86c499b034fc0b30b46ae57403578e43525298f52e26bbce38e5da19960', 'cc101a70f6dace01310602b6ac78c90147b566388b0d21ab371e018c22d4195d', 1, 4),
	(10, 3, '2020-02-23 21:21:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-05", "warnings": ["VH-13"]}', 'R2001+N2020', 'a3913e244cddd1815452a39f5c6b37bebde8c345f6dcee6251c248358596124b', 'cc101a70f6dace01310602b6ac78c90147b566388b0d21ab371e018c22d4195d', '136e8c548100eb8da5e96ae66fa2fed497798f061d1ebf1e41a580abee8f2993', 1, 4),
	(11, 1, '2020-02-29 23:46:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '7060dbcf6c2ea7660e26a16c5d57d52ac99b949ab7f79072b2c8c963775ad3bd', 1, 5),
	(12, 2, '2020-02-29 23:46:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同005.pdf", "size": 608, "sha256": "2a9f743a5a1f0faa2b6ace88a88845588c8bbf0ee90cf5a59577ac2406389980"}', '', '', '7060dbcf6c2ea7660e26a16c5d57d52ac99b949ab7f79072b2c8c963775ad3bd', '7a36bb8951fb1650a28f5530424166419d6d9a903bbdbe0edcd6ab6b074630ac', 1, 5),
	(13, 3, '2020-03-01 00:16:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-11", "warnings": ["VH-13", "VH-13", "VH-13"]}', 'R2001+N2020', '3f3422dfeb980a38c6eac3ffb8d49903baaf51d3a3b30c17e63d4c93b2cd4528', '7a36bb8951fb1650a28f5530424166419d6d9a903bbdbe0edcd6ab6b074630ac', 'e758c54e7f07e81b66a9930115a3ecb3c5e34315ecf537f6de877f61139082da', 1, 5),
	(14, 1, '2020-02-22 19:25:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', 'e0600e94e1e13082f48477871890e080f7d1bcec578b2d6646508af7c9ffa928', 1, 6),
	(15, 2, '2020-02-22 19:25:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同006.pdf", "size": 608, "sha256": "c82beb808017cd5fe82538816d79fe0c5c7f657a07c2669e801ae74b6ab36e8e"}', '', '', 'e0600e94e1e13082f48477871890e080f7d1bcec578b2d6646508af7c9ffa928', '9bdb9905ca052c37af9781942a5ec5dc459df92327eae904c678824088714205', 1, 6),
	(16, 3, '2020-02-22 19:55:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-04", "warnings": ["VH-13", "VH-13", "VH-13"]}', 'R2001+N2020', '137c38157fde41187f1446f334c0a9867eb54f10e56a6c9688c7d75abad6e9d1', '9bdb9905ca052c37af9781942a5ec5dc459df92327eae904c678824088714205', 'fa8fb8a91db00c18f7e2907583483ed49bab3cc24aa67c74a6b0063b0f599c0e', 1, 6),
	(17, 1, '2020-02-27 00:45:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', 'd96d37e2aa2033c478883b8f3c028187cdb19e7fec4356f534673c0340d8bc24', 1, 7),
	(18, 2, '2020-02-27 00:45:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同007.pdf", "size": 608, "sha256": "251cc8901972a50e9a03ae25a7b8da9c7fbc1cd90e9eae1e309f9ba94dcb2a0b"}', '', '', 'd96d37e2aa2033c478883b8f3c028187cdb19e7fec4356f534673c0340d8bc24', 'fe70c312dced2aa32dd43b2db307f2af057bfa92098e8cf0db8d03bc5a89187a', 1, 7),
	(19, 3, '2020-02-27 01:15:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-09", "warnings": ["VH-13"]}', 'R2001+N2020', '40c747963e7a14911205460841a54b0fda557e990e7ff8c4a26d6ab41523cb51', 'fe70c312dced2aa32dd43b2db307f2af057bfa92098e8cf0db8d03bc5a89187a', '43e6cf2d4e124a61e87f2eba2d773b656e179b39d2144c5ef4aded75deb2e151', 1, 7),
	(20, 1, '2020-02-26 21:48:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '3bc54cd4b238477c0577a0878e7c975d52882f2212c255b6bf5457b419089085', 1, 8),
	(21, 2, '2020-02-26 21:48:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同008.pdf", "size": 608, "sha256": "7f7768572a2369db6572757235a1104adf895eb01055ac4100b862cb971127b6"}', '', '', '3bc54cd4b238477c0577a0878e7c975d52882f2212c255b6bf5457b419089085', 'ef3034e9dd0a84c88c8fcbb19a3bd6d06edc5d3096cc2566489e76455ee6f1fd', 1, 8),
	(22, 3, '2020-02-26 22:18:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-09", "warnings": ["VH-13", "VH-13", "VH-13"]}', 'R2001+N2020', 'cd7fa5ee41c2095fd119ccbcaaa760e68e8c7b8533588d7f486b8c91ccef987e', 'ef3034e9dd0a84c88c8fcbb19a3bd6d06edc5d3096cc2566489e76455ee6f1fd', '0f6d245bd33d9972b15fca4c2d084b8aa1606d0dfa5f783f4632cce17f7994d9', 1, 8),
	(23, 1, '2020-02-23 19:40:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '78de8b0363338feab356e58c359091e759ff4b67c98b582fa216ce36df3cda68', 1, 9),
	(24, 2, '2020-02-23 19:40:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同009.pdf", "size": 608, "sha256": "548ae2ecdb91c9de740c2456884a1413d0fc464d20a56b4f1996762daed3d30b"}', '', '', '78de8b0363338feab356e58c359091e759ff4b67c98b582fa216ce36df3cda68', '525d95a3ca439835eac44b967109da6c1801eb4a664256c56f47ac38fc1b2662', 1, 9),
	(25, 3, '2020-02-23 20:10:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-05", "warnings": ["VH-13", "VH-13"]}', 'R2001+N2020', 'ff68c24dc8a603644d4014421f300f9c98f50ca932b5fa2055aafbf750f91838', '525d95a3ca439835eac44b967109da6c1801eb4a664256c56f47ac38fc1b2662', 'a71b3a063c18fc66f68f05c37c52eb838b3eed2b644d52cb504bca3b9a5aa243', 1, 9),
	(26, 1, '2020-02-29 19:20:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '769478ce9bc8c0c88b7226c431c26d14b57bbdbced2dc5f355a2dc6a12fb8f5b', 1, 10),
	(27, 2, '2020-02-29 19:20:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同010.pdf", "size": 608, "sha256": "515c7f6ee9d5c7450e25952996a3d85cee63e2cc902f8d52b6e6efe2b5d23272"}', '', '', '769478ce9bc8c0c88b7226c431c26d14b57bbdbced2dc5f355a2dc6a12fb8f5b', 'b482d60bc24b3c978b3b0c808d9f6b730c35f1a5c8a9f5a517999afaa804de49', 1, 10),
	(28, 3, '2020-02-29 19:50:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-11", "warnings": ["VH-13", "VH-13", "VH-13"]}', 'R2001+N2020', 'b6e787e576e2934839a7a28b3d58c8658b082413111934c6522127398cb02ed4', 'b482d60bc24b3c978b3b0c808d9f6b730c35f1a5c8a9f5a517999afaa804de49', '0e8596bd13c796123b616e65b0b376b983e22caaede362b22d26f70217ead859', 1, 10),
	(29, 1, '2020-02-22 19:39:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '31d5e136e670b322dd3f89b79cc53a510256f4bfde1cad7612c2e37e69814115', 1, 11),
	(30, 2, '2020-02-22 19:39:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同011.pdf", "size": 609, "sha256": "e7b4168ee88e45135ce97011e1ee5522d0dfdc20e330741865b942214e96201d"}', '', '', '31d5e136e670b322dd3f89b79cc53a510256f4bfde1cad7612c2e37e69814115', '470bf3544f3fdfe17094a0645b52195a16ab25710c838800edd78fd0ab7d5f84', 1, 11),
	(31, 3, '2020-02-22 20:09:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-04", "warnings": ["VH-13", "VH-13", "VH-13"]}', 'R2001+N2020', 'f7576cd3c88ac7e1de1773b7da25f671e359c2858df1b07a4b72e9c8e3346fbd', '470bf3544f3fdfe17094a0645b52195a16ab25710c838800edd78fd0ab7d5f84', 'b199a407404e20c106ac88af4d458138cbe6e6d61ca66141ef1b7a37f73d4be5', 1, 11),
	(32, 4, '2020-02-22 20:09:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', 'b199a407404e20c106ac88af4d458138cbe6e6d61ca66141ef1b7a37f73d4be5', '68bc2eafae93f012bd332537ef01b695d9f859bd8a69ddaf1038d364f9d4d737', 3, 11),
	(33, 1, '2020-02-29 19:36:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '5bc410044d4a13948fc79ed4f4cfbcd29bceee94ca53776c936f31279fa6310f', 1, 12),
	(34, 2, '2020-02-29 19:36:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同012.pdf", "size": 609, "sha256": "cd1acedfbc99dc978244191d592c9f52e9b03392cb1ea7b85baf8d9a39dab055"}', '', '', '5bc410044d4a13948fc79ed4f4cfbcd29bceee94ca53776c936f31279fa6310f', 'e48451481c4a708a736266b4777bc0236aab4d37e2bb35fd3be266654af8f3ae', 1, 12),
	(35, 3, '2020-02-29 20:06:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-11", "warnings": ["VH-13", "VH-13"]}', 'R2001+N2020', '5aadb92c00fd1887ef5d14bc71490ce7ddf2661349b9845e328db2be520e6c36', 'e48451481c4a708a736266b4777bc0236aab4d37e2bb35fd3be266654af8f3ae', '23f9702c4f66efce0e196f6e8479d68a271306c0fefdcf4705b8dffa363eabe6', 1, 12),
	(36, 4, '2020-02-29 20:06:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', '23f9702c4f66efce0e196f6e8479d68a271306c0fefdcf4705b8dffa363eabe6', '069a63b532f154154c311de88d7ee6bf83b3fb2651d1dd97a100a45ae3fc13fb', 3, 12),
	(37, 1, '2020-02-26 23:29:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '9fc09a668d522602c9a836ae56251f384f99c354def60f2c300984071ba0ebde', 1, 13),
	(38, 2, '2020-02-26 23:29:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同013.pdf", "size": 609, "sha256": "bf5329f652cc609865f43629bbd5d2a0cb8a37cbb2ea339d3aaaff79957f8a43"}', '', '', '9fc09a668d522602c9a836ae56251f384f99c354def60f2c300984071ba0ebde', 'a0099b18989d58a3f495e41f2affb95fcb7ed2f550da5e3328daea956e2a4880', 1, 13),
	(39, 3, '2020-02-26 23:59:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-09", "warnings": ["VH-13"]}', 'R2001+N2020', '8a81023b9b9ae57c0944f2b82e6731bec0f8d2cb3b3a444b82c234ef3755ab0f', 'a0099b18989d58a3f495e41f2affb95fcb7ed2f550da5e3328daea956e2a4880', '9416f046aad28b44c93ca7d4d9ee0fe06c9eaf5d6cf57276a7dd7929551b5290', 1, 13),
	(40, 4, '2020-02-26 23:59:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', '9416f046aad28b44c93ca7d4d9ee0fe06c9eaf5d6cf57276a7dd7929551b5290', 'e0eb18311b9a783b7efd6c65d8ee3eb2ff6b1aa4df19cb4cba6f5105d3c5f2ef', 3, 13),
	(41, 1, '2020-02-28 22:02:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '90e5ab59baf7e06f7832aeb356f5aee1d775b4c1844b94915f8381bfd10417a9', 1, 14),
	(42, 2, '2020-02-28 22:02:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同014.pdf", "size": 609, "sha256": "a9946ee2d1b9f46c8f1d9b1eac092216959595b0a8dfc741bcc6b08f0d207ea2"}', '', '', '90e5ab59baf7e06f7832aeb356f5aee1d775b4c1844b94915f8381bfd10417a9', '2b2bc4cffa1b04db1bbb054966962a7227d0df748256bd764035aa07c83ce20e', 1, 14),
	(43, 3, '2020-02-28 22:32:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-10", "warnings": ["VH-13", "VH-13"]}', 'R2001+N2020', '86c30a01104cc9f4e66a50f10a7e797a9aa423963c138f4fc01332b46a23afc7', '2b2bc4cffa1b04db1bbb054966962a7227d0df748256bd764035aa07c83ce20e', 'f3d7727a9c22ea4344321539e5b7a90d5afe92bd6bc3b09b94d70b1fd1d6f204', 1, 14),
	(44, 4, '2020-02-28 22:32:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', 'f3d7727a9c22ea4344321539e5b7a90d5afe92bd6bc3b09b94d70b1fd1d6f204', '8d0b11788a6b1f25bee7684bf3cb075e0b0b588a21b2574fead1a7dd6699681f', 3, 14),
	(45, 1, '2020-02-28 23:48:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '5680757b76a9e5015a1e2ae3d5252745d9ddba74431f723523ecf937da7de20a', 1, 15),
	(46, 2, '2020-02-28 23:48:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同015.pdf", "size": 609, "sha256": "53081535b3a178a72f473f18d52c7f3dffcc206eb7e3783df52b02c2e2fd059e"}', '', '', '5680757b76a9e5015a1e2ae3d5252745d9ddba74431f723523ecf937da7de20a', '86f982192747945e096a92abd9a69458a3877bd7a9183e02913d517dda8cbbf2', 1, 15),
	(47, 3, '2020-02-29 00:18:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-10", "warnings": ["VH-13", "VH-13", "VH-13"]}', 'R2001+N2020', 'a5acf40fd0f175c4654c5bd1a1004953b9aaa4457efb1be30f2284291ba48410', '86f982192747945e096a92abd9a69458a3877bd7a9183e02913d517dda8cbbf2', '29ca308a916bc6b4933c5e502ca12022f498c9d5796260eceeb1a46333be54ce', 1, 15),
	(48, 4, '2020-02-29 00:18:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', '29ca308a916bc6b4933c5e502ca12022f498c9d5796260eceeb1a46333be54ce', 'aa03adbce1729b00cb9fb9952d2e63883fb906c82fef93ccddac316a8ce9f189', 3, 15),
	(49, 1, '2020-02-24 00:32:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', 'f0350dffbf69bd5417f8508751459bc0743645b53546c8a9ea4e144e22e729cb', 1, 16),
	(50, 2, '2020-02-24 00:32:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同016.pdf", "size": 609, "sha256": "d8a626f451ad543c02052ca553f795edbc00a16b07bef7c56796395ba084fbfd"}', '', '', 'f0350dffbf69bd5417f8508751459bc0743645b53546c8a9ea4e144e22e729cb', 'ab470d4af3624eee95b5cc3227bf86cd2d9b96781cdf7fa593d75ff19600b45b', 1, 16),
	(51, 3, '2020-02-24 01:02:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-05", "warnings": ["VH-13", "VH-13", "VH-13"]}', 'R2001+N2020', '0906d83c2b4b750458025b2c7fca67be3e6d31e980743369919b5d7f02c824de', 'ab470d4af3624eee95b5cc3227bf86cd2d9b96781cdf7fa593d75ff19600b45b', 'c4639ebe00f857e19ed12c3b12c703d5825b286387b0ceb55c80b024cac71739', 1, 16),
	(52, 4, '2020-02-24 01:02:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', 'c4639ebe00f857e19ed12c3b12c703d5825b286387b0ceb55c80b024cac71739', 'f03862573859b346e28362e118456ce947cd5a0cbc31c760603f8683d2da57c3', 3, 16),
	(53, 1, '2020-02-22 00:43:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '7da8c42a8736ae673864eb47974fac144de099ac9a0cb1507ed02f296405b684', 1, 17),
	(54, 2, '2020-02-22 00:43:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同017.pdf", "size": 609, "sha256": "ab5e551ad8e72768246fd38d63aeb75c854e9657fd16e2fab8123f0f5556cdc4"}', '', '', '7da8c42a8736ae673864eb47974fac144de099ac9a0cb1507ed02f296405b684', '8040e6f87e6583286650145d550e2f59dfa931d419b7c102f5bea78429c246ec', 1, 17),
	(55, 3, '2020-02-22 01:13:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-03", "warnings": ["VH-13", "VH-13"]}', 'R2001+N2020', '60307facbe9ccce3d2d57d86a81e4fa6d2cdd294c846a536a7584cf50ba09591', '8040e6f87e6583286650145d550e2f59dfa931d419b7c102f5bea78429c246ec', '7b96e11d9d8b404033f660cf011453a5b18264cb03de5492d416b1136da2263e', 1, 17),
	(56, 4, '2020-02-22 01:13:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', '7b96e11d9d8b404033f660cf011453a5b18264cb03de5492d416b1136da2263e', '54843d30ddb9bb2106e2b811ff49c57c75595e7dc99fa09bb4ab2910b7a65fb6', 3, 17),
	(57, 5, '2020-02-22 01:13:26.076431+00', '王审之', 'return_for_correction', 'accepted', 'correcting', '', '{"items": [{"field": "attachments", "clause": "科技部火炬中心 技术合同认定登记问答 (2021-01-13) 第八项", "remedy": "合同末页缺少受托方印章，请补盖后重新上传全文。", "problem": "incomplete"}, {"field": "deductions", "clause": "国科发政字〔2001〕253号", "remedy": "合同第四条列有设备购置费，请在非技术性费用中如实填列。", "problem": "incorrect"}], "round": 1}', 'R2001+N2020', '', '54843d30ddb9bb2106e2b811ff49c57c75595e7dc99fa09bb4ab2910b7a65fb6', '8b59785ebf94d45b99cfdec708c026f702abd06cdaf07e4f5dc22f3169605fd5', 3, 17),
	(58, 1, '2020-02-25 22:46:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '5b73c9649874333badfee4e18200ca68dac59b428614ac5041f9c3d75b47381e', 1, 18),
	(59, 2, '2020-02-25 22:46:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同018.pdf", "size": 609, "sha256": "951f6f0661363264a91ccd7cf25592e66ae1730bdd6d61d9057a18dc55bc23ed"}', '', '', '5b73c9649874333badfee4e18200ca68dac59b428614ac5041f9c3d75b47381e', 'cca0a21c1a283417c9ff0a26606919a0502be737c23047fc8b63a248cfd2b768', 1, 18),
	(60, 3, '2020-02-25 23:16:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-09", "warnings": ["VH-13", "VH-13", "VH-13"]}', 'R2001+N2020', '6b384c31976095e8de592a8a5693a37b44501d108ad84febcd4c838670cf4f07', 'cca0a21c1a283417c9ff0a26606919a0502be737c23047fc8b63a248cfd2b768', 'dfe101773fc37c97c39dc5908ec2a99709b3bd7ffe5b731ffa3f9ccc9c121ace', 1, 18),
	(61, 4, '2020-02-25 23:16:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', 'dfe101773fc37c97c39dc5908ec2a99709b3bd7ffe5b731ffa3f9ccc9c121ace', 'a269ffd08cce2e4ab443f5950dc5178ba684f4790d39713e6b3dcb3c1418472d', 3, 18),
	(62, 5, '2020-02-25 23:16:26.076431+00', '王审之', 'return_for_correction', 'accepted', 'correcting', '', '{"items": [{"field": "attachments", "clause": "科技部火炬中心 技术合同认定登记问答 (2021-01-13) 第八项", "remedy": "合同末页缺少受托方印章，请补盖后重新上传全文。", "problem": "incomplete"}, {"field": "deductions", "clause": "国科发政字〔2001〕253号", "remedy": "合同第四条列有设备购置费，请在非技术性费用中如实填列。", "problem": "incorrect"}], "round": 1}', 'R2001+N2020', '', 'a269ffd08cce2e4ab443f5950dc5178ba684f4790d39713e6b3dcb3c1418472d', 'c6e178d115332b2e47f47259c724b94740c8279e04f353a9cec2786346cbdb5f', 3, 18),
	(63, 1, '2020-02-26 23:18:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '792e4758e04149a4ee4aa0bd569f62596f76159222792f347fe2faf8fa001cf4', 1, 19),
	(64, 2, '2020-02-26 23:18:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同019.pdf", "size": 609, "sha256": "946c34f06869767866a4047c57de7c2c7aac24d451992d11f3109006e3813f0d"}', '', '', '792e4758e04149a4ee4aa0bd569f62596f76159222792f347fe2faf8fa001cf4', '7109e6990d18bbf8f1392a76cddddc9db3e126d200e9f2ae738d737900043e9b', 1, 19),
	(65, 3, '2020-02-26 23:48:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-09", "warnings": ["VH-13", "VH-13", "VH-13"]}', 'R2001+N2020', '540bb63aad458cf20078a05f30346194b94a7d18fedf4c91cda59eb128526d15', '7109e6990d18bbf8f1392a76cddddc9db3e126d200e9f2ae738d737900043e9b', 'c05096337c842690ce90b0eb112dd65195578b24cf52df63427ff48b80f43b99', 1, 19),
	(66, 4, '2020-02-26 23:48:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', 'c05096337c842690ce90b0eb112dd65195578b24cf52df63427ff48b80f43b99', '4faa40add18999823f22dcb3f30c76afa4677d6f25dfc02fee5a5f2e530091a2', 3, 19),
	(67, 5, '2020-02-26 23:48:26.076431+00', '王审之', 'recognise', 'accepted', 'recognised', '', '{}', 'R2001+N2020', '540bb63aad458cf20078a05f30346194b94a7d18fedf4c91cda59eb128526d15', '4faa40add18999823f22dcb3f30c76afa4677d6f25dfc02fee5a5f2e530091a2', '29bead88cc0975cea05ce4c0ffcf93e7346b48bc2e58e6f0283d5dd760006e88', 3, 19),
	(68, 1, '2020-02-27 23:39:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '491c7106f2c23191a6cec8b4d1dcca422267a1d10a04b27ac54d828516105ec8', 1, 20),
	(69, 2, '2020-02-27 23:39:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同020.pdf", "size": 609, "sha256": "c577266a7338605d1591cd0540341754c524f9f738d5e48de89b901ef26466c6"}', '', '', '491c7106f2c23191a6cec8b4d1dcca422267a1d10a04b27ac54d828516105ec8', '95149bcbee8765063544a521bbb35a6957af14a15d22e56e71ff0da1478e464f', 1, 20),
	(70, 3, '2020-02-28 00:09:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-09", "warnings": ["VH-13", "VH-13"]}', 'R2001+N2020', 'a1d87595896365ace3ae97dcd52a055632aee5e3b1bbfddcdaf691b1bbbebc86', '95149bcbee8765063544a521bbb35a6957af14a15d22e56e71ff0da1478e464f', '3ea8a04402abdcb4423c5458200f9cf4102fb43921d60dec5ef50841dca29290', 1, 20),
	(71, 4, '2020-02-28 00:09:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', '3ea8a04402abdcb4423c5458200f9cf4102fb43921d60dec5ef50841dca29290', 'c3a2bd3acd0ddd114f2e2f831078ae121979214b1857305939d257ee69d529bb', 3, 20),
	(72, 5, '2020-02-28 00:09:26.076431+00', '王审之', 'recognise', 'accepted', 'recognised', '', '{}', 'R2001+N2020', 'a1d87595896365ace3ae97dcd52a055632aee5e3b1bbfddcdaf691b1bbbebc86', 'c3a2bd3acd0ddd114f2e2f831078ae121979214b1857305939d257ee69d529bb', '459a727d74a210fa429d6687fe8094e7331814cb0e24b15718125df596c1bbbe', 3, 20),
	(73, 1, '2020-02-29 00:23:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', 'dea37a81e4822e401e978ed2b431fd7e42cf50c38df63ce9ca3502c447baff54', 1, 21),
	(74, 2, '2020-02-29 00:23:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同021.pdf", "size": 609, "sha256": "76de7ad17787b4bf2d798f5956c6856924eb87c6427547a5c85ec91a03a88928"}', '', '', 'dea37a81e4822e401e978ed2b431fd7e42cf50c38df63ce9ca3502c447baff54', 'd34a66cd8c494261cd386efe20406704a4e36b5e2a91c2bfb0f937578fc2db5d', 1, 21),
	(75, 3, '2020-02-29 00:53:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-10", "warnings": ["VH-13"]}', 'R2001+N2020', '511e1254eea135bb8c7b2d0dcc75cefa4b65fac9d78e23f4bb71beefc900eb2f', 'd34a66cd8c494261cd386efe20406704a4e36b5e2a91c2bfb0f937578fc2db5d', 'ef77f7ef629952b0687cf3e38b5f38dfed195587f9a18b67225af860b4f2e263', 1, 21),
	(76, 4, '2020-02-29 00:53:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', 'ef77f7ef629952b0687cf3e38b5f38dfed195587f9a18b67225af860b4f2e263', '8de442802ccbfebb37668104e2693f4f374853a08f2c067a8da603ffa767e732', 3, 21),
	(77, 5, '2020-02-29 00:53:26.076431+00', '王审之', 'recognise', 'accepted', 'recognised', '', '{}', 'R2001+N2020', '511e1254eea135bb8c7b2d0dcc75cefa4b65fac9d78e23f4bb71beefc900eb2f', '8de442802ccbfebb37668104e2693f4f374853a08f2c067a8da603ffa767e732', '29424c3e8d485347bf0348ab63729bff9374396f4f41c74fe92aaa48e585b985', 3, 21),
	(78, 1, '2020-02-27 20:28:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', '0c8700072619cd1e9f544521b596907a75ed0423241930a5d36b1cae1f3611be', 1, 22),
	(79, 2, '2020-02-27 20:28:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同022.pdf", "size": 609, "sha256": "8ed9eab3328752f9270ee6ea1ff5e03cfab6d9dec91913e580a5cf31ff103436"}', '', '', '0c8700072619cd1e9f544521b596907a75ed0423241930a5d36b1cae1f3611be', '4bdae982efdd1eb409601b586147f1f68a8bb5b060d26296a2a5eab005b84b30', 1, 22),
	(80, 3, '2020-02-27 20:58:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-09", "warnings": ["VH-13", "VH-13"]}', 'R2001+N2020', 'e7b8bcf52b103f615ae808859bd26afcd4bc06a688604f9de87147bd2e009f4d', '4bdae982efdd1eb409601b586147f1f68a8bb5b060d26296a2a5eab005b84b30', '0d2b7609f0b7333b7b0e25ebafe10a810ede9ec6880c15d30ea3bb86fa2f1812', 1, 22),
	(81, 4, '2020-02-27 20:58:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', '0d2b7609f0b7333b7b0e25ebafe10a810ede9ec6880c15d30ea3bb86fa2f1812', 'e656f5b8b2eff626bae26afbf6555795b3676c0234dae827a4b45a4d79d82913', 3, 22),
	(82, 5, '2020-02-27 20:58:26.076431+00', '王审之', 'recognise', 'accepted', 'recognised', '', '{}', 'R2001+N2020', 'e7b8bcf52b103f615ae808859bd26afcd4bc06a688604f9de87147bd2e009f4d', 'e656f5b8b2eff626bae26afbf6555795b3676c0234dae827a4b45a4d79d82913', '759415af32ee0023c57ef6b972d2e0f93dd822eaaaf7c4f7b37a736f4f288dcd', 3, 22),
	(83, 1, '2020-02-29 23:00:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', 'f9687ccb88b9d0c7ba366600868353782e58c7c95b6bea3e752fa5cb212a21ad', 1, 23),
	(84, 2, '2020-02-29 23:00:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同023.pdf", "size": 609, "sha256": "cea5e12ad753166d5baf23229d7362fa0f8ada7eeae765c01047b521f2d53c32"}', '', '', 'f9687ccb88b9d0c7ba366600868353782e58c7c95b6bea3e752fa5cb212a21ad', '03ddf114595f7b007300963e61a7167685d4e6c18ee87dc252ea9fd94c292fe5', 1, 23),
	(85, 3, '2020-02-29 23:30:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-11", "warnings": ["VH-13"]}', 'R2001+N2020', '9cf8d4fe5fad580d8434a20f3e5b6785d6a5e9ff1dae745c399196fb63227ccc', '03ddf114595f7b007300963e61a7167685d4e6c18ee87dc252ea9fd94c292fe5', '01b8235388cacea2c3af362c021d8b84a380b95be46e6b7226ee3472716a09b9', 1, 23),
	(86, 4, '2020-02-29 23:30:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', '01b8235388cacea2c3af362c021d8b84a380b95be46e6b7226ee3472716a09b9', '12d1c3de0f3c798f47d26b7f9dd9697477094bf0493d349d180b9be49fc5383c', 3, 23),
	(87, 5, '2020-02-29 23:30:26.076431+00', '王审之', 'recognise', 'accepted', 'recognised', '', '{}', 'R2001+N2020', '9cf8d4fe5fad580d8434a20f3e5b6785d6a5e9ff1dae745c399196fb63227ccc', '12d1c3de0f3c798f47d26b7f9dd9697477094bf0493d349d180b9be49fc5383c', 'a7da4d39cc77fe138b9f1fdc38f7f3083fdc54a837b4ea17b8750a03d5de4a66', 3, 23),
	(88, 1, '2020-03-01 00:41:26.076431+00', '陈知微', 'start', '', 'draft', '', '{}', '', '', '', 'e639f4a9be6b88576bba5dfb755d9ea5e084c938ccc495616c4bc42e141fb794', 1, 24),
	(89, 2, '2020-03-01 00:41:26.076431+00', '陈知微', 'attach', 'draft', 'draft', '', '{"kind": "contract_text", "name": "合同024.pdf", "size": 609, "sha256": "bb51e1a83e19644463b2c0e9ff4b5d1ea8434c073a5731328e1e0fd7999f4e38"}', '', '', 'e639f4a9be6b88576bba5dfb755d9ea5e084c938ccc495616c4bc42e141fb794', '8caebffc22d03cd919fb35c8ba83f5dca72c8454bcd8c387a181a57422fa13b5', 1, 24),
	(90, 3, '2020-03-01 01:11:26.076431+00', '陈知微', 'submit', 'draft', 'submitted', '', '{"due_on": "2020-03-11", "warnings": ["VH-13", "VH-13", "VH-13"]}', 'R2001+N2020', '78324c7a14d4b74f0ecd2b4159f6c207d936be3a0124ea6c0e4033672da4792c', '8caebffc22d03cd919fb35c8ba83f5dca72c8454bcd8c387a181a57422fa13b5', '867a44f396cbdeae72356f2e85a3fd64e2ce5b91c19cd66b86efe72fb73eb510', 1, 24),
	(91, 4, '2020-03-01 01:11:26.076431+00', '王审之', 'accept', 'submitted', 'accepted', '', '{}', 'R2001+N2020', '', '867a44f396cbdeae72356f2e85a3fd64e2ce5b91c19cd66b86efe72fb73eb510', 'c0b13b2daaf310ab58aa1f824539a8c349ee42a7a1ef7c420b940ad026bfb1af', 3, 24),
	(92, 5, '2020-03-01 01:11:26.076431+00', '王审之', 'recognise', 'accepted', 'recognised', '', '{}', 'R2001+N2020', '78324c7a14d4b74f0ecd2b4159f6c207d936be3a0124ea6c0e4033672da4792c', 'c0b13b2daaf310ab58aa1f824539a8c349ee42a7a1ef7c420b940ad026bfb1af', '582211d40a2a3b6b8b28e42a2e3ef04739a452b20d6b3e8e9ca78a58ede38616', 3, 24);
ALTER TABLE public.filings_event ENABLE TRIGGER ALL;
ALTER TABLE public.filings_idempotencykey DISABLE TRIGGER ALL;
ALTER TABLE public.filings_idempotencykey ENABLE TRIGGER ALL;
ALTER TABLE public.filings_numberseries DISABLE TRIGGER ALL;
INSERT INTO public.filings_numberseries (key, last) VALUES
	('filing:contracts:330101:2020', 22),
	('registration:contracts:330101:2020', 6);
ALTER TABLE public.filings_numberseries ENABLE TRIGGER ALL;
ALTER TABLE public.notices_hotlineentry DISABLE TRIGGER ALL;
INSERT INTO public.notices_hotlineentry (id, "order", service_code, label_zh, label_en, kind, value, value_en, hours, valid_from, valid_to, source) VALUES
	(1, 1, 'contracts', '全国技术合同网上登记', 'National online registration of technology contracts', 'telephone', '010-88656337', '', '', '2020-02-06', NULL, '国科火字〔2020〕38号'),
	(2, 2, 'hitech_cert', '高新技术企业认定', 'Certification of high-tech enterprises', 'telephone', '010-88656256', '', '', '2020-02-06', NULL, '国科火字〔2020〕38号'),
	(3, 3, 'sme_eval', '科技型中小企业评价', 'Evaluation of technology SMEs', 'telephone', '010-88656233', '', '', '2020-02-06', NULL, '国科火字〔2020〕38号'),
	(4, 4, 'incubators', '科技企业孵化器、大学科技园、众创空间服务', 'Technology business incubators, university science parks and makerspaces', 'telephone', '010-88656206', '', '', '2020-02-06', NULL, '国科火字〔2020〕38号'),
	(5, 5, 'zones', '国家高新区服务', 'National high-tech zones', 'telephone', '010-88656197', '', '', '2020-02-06', NULL, '国科火字〔2020〕38号'),
	(6, 6, 'stats', '火炬统计调查', 'Torch statistical survey', 'telephone', '010-88656161', '', '', '2020-02-06', NULL, '国科火字〔2020〕38号'),
	(7, 7, 'cases', '科技企业抗击疫情先进典型宣传', 'Exemplary cases of technology enterprises against the epidemic', 'email', 'peix@ctp.gov.cn', '', '', '2020-02-06', NULL, '国科火字〔2020〕38号'),
	(8, 8, 'recommendations', '疫情防控技术和产品推荐', 'Recommendation of technologies and products against the epidemic', 'referral', '请联系所在地科技管理部门、国家高新区管委会', 'Please contact your local science and technology authority or the committee of your national high-tech zone.', '', '2020-02-06', NULL, '国科火字〔2020〕38号');
ALTER TABLE public.notices_hotlineentry ENABLE TRIGGER ALL;
ALTER TABLE public.notices_message DISABLE TRIGGER ALL;
INSERT INTO public.notices_message (id, key, to_email, language, subject, body, link, state, attempts, due_at, claimed_until, last_error, created_at, sent_at, to_user_id) VALUES
	(1, 'contracts-3-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：核酸快速检测试剂技术秘密转让（003）（HT-2020-330101-000001）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-09 前作出决定。查询请报办件编号 HT-2020-330101-000001。', '/contracts/3/', 'pending', 0, '2020-02-27 21:28:26.076431+00', NULL, '', '2020-02-27 21:28:26.076431+00', NULL, 1),
	(2, 'contracts-4-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：园区能耗在线监测技术秘密转让（004）（HT-2020-330101-000002）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-05 前作出决定。查询请报办件编号 HT-2020-330101-000002。', '/contracts/4/', 'pending', 0, '2020-02-23 21:21:26.076431+00', NULL, '', '2020-02-23 21:21:26.076431+00', NULL, 1),
	(3, 'contracts-5-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：智能灌溉决策模型联合研发（005）（HT-2020-330101-000003）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-11 前作出决定。查询请报办件编号 HT-2020-330101-000003。', '/contracts/5/', 'pending', 0, '2020-03-01 00:16:26.076431+00', NULL, '', '2020-03-01 00:16:26.076431+00', NULL, 1),
	(4, 'contracts-6-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：核酸快速检测试剂联合研发（006）（HT-2020-330101-000004）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-04 前作出决定。查询请报办件编号 HT-2020-330101-000004。', '/contracts/6/', 'pending', 0, '2020-02-22 19:55:26.076431+00', NULL, '', '2020-02-22 19:55:26.076431+00', NULL, 1),
	(5, 'contracts-7-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：餐厨废水深度处理技术秘密转让（007）（HT-2020-330101-000005）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-09 前作出决定。查询请报办件编号 HT-2020-330101-000005。', '/contracts/7/', 'pending', 0, '2020-02-27 01:15:26.076431+00', NULL, '', '2020-02-27 01:15:26.076431+00', NULL, 1),
	(6, 'contracts-8-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：红外测温算法开发（008）（HT-2020-330101-000006）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-09 前作出决定。查询请报办件编号 HT-2020-330101-000006。', '/contracts/8/', 'pending', 0, '2020-02-26 22:18:26.076431+00', NULL, '', '2020-02-26 22:18:26.076431+00', NULL, 1),
	(7, 'contracts-9-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：城市轨道客流预测技术方案咨询（009）（HT-2020-330101-000007）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-05 前作出决定。查询请报办件编号 HT-2020-330101-000007。', '/contracts/9/', 'pending', 0, '2020-02-23 20:10:26.076431+00', NULL, '', '2020-02-23 20:10:26.076431+00', NULL, 1),
	(8, 'contracts-10-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：卫星遥感影像解译联合研发（010）（HT-2020-330101-000008）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-11 前作出决定。查询请报办件编号 HT-2020-330101-000008。', '/contracts/10/', 'pending', 0, '2020-02-29 19:50:26.076431+00', NULL, '', '2020-02-29 19:50:26.076431+00', NULL, 1),
	(9, 'contracts-11-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：熔喷无纺布驻极工艺联合研发（011）（HT-2020-330101-000009）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-04 前作出决定。查询请报办件编号 HT-2020-330101-000009。', '/contracts/11/', 'pending', 0, '2020-02-22 20:09:26.076431+00', NULL, '', '2020-02-22 20:09:26.076431+00', NULL, 1),
	(10, 'contracts-12-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：社区网格化防控平台技术方案咨询（012）（HT-2020-330101-000010）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-11 前作出决定。查询请报办件编号 HT-2020-330101-000010。', '/contracts/12/', 'pending', 0, '2020-02-29 20:06:26.076431+00', NULL, '', '2020-02-29 20:06:26.076431+00', NULL, 1),
	(11, 'contracts-13-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：卫星遥感影像解译技术秘密转让（013）（HT-2020-330101-000011）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-09 前作出决定。查询请报办件编号 HT-2020-330101-000011。', '/contracts/13/', 'pending', 0, '2020-02-26 23:59:26.076431+00', NULL, '', '2020-02-26 23:59:26.076431+00', NULL, 1),
	(12, 'contracts-14-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：城市轨道客流预测技术服务（014）（HT-2020-330101-000012）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-10 前作出决定。查询请报办件编号 HT-2020-330101-000012。', '/contracts/14/', 'pending', 0, '2020-02-28 22:32:26.076431+00', NULL, '', '2020-02-28 22:32:26.076431+00', NULL, 1),
	(13, 'contracts-15-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：城市轨道客流预测开发（015）（HT-2020-330101-000013）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-10 前作出决定。查询请报办件编号 HT-2020-330101-000013。', '/contracts/15/', 'pending', 0, '2020-02-29 00:18:26.076431+00', NULL, '', '2020-02-29 00:18:26.076431+00', NULL, 1),
	(14, 'contracts-16-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：负压救护舱气流控制联合研发（016）（HT-2020-330101-000014）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-05 前作出决定。查询请报办件编号 HT-2020-330101-000014。', '/contracts/16/', 'pending', 0, '2020-02-24 01:02:26.076431+00', NULL, '', '2020-02-24 01:02:26.076431+00', NULL, 1),
	(15, 'contracts-17-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：城市轨道客流预测技术服务（017）（HT-2020-330101-000015）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-03 前作出决定。查询请报办件编号 HT-2020-330101-000015。', '/contracts/17/', 'pending', 0, '2020-02-22 01:13:26.076431+00', NULL, '', '2020-02-22 01:13:26.076431+00', NULL, 1),
	(16, 'contracts-17-returned-5', 'enterprise@portal.example', 'zh-hans', '需补正：城市轨道客流预测技术服务（017）（HT-2020-330101-000015）', '请补正以下内容后重新提交。本清单为一次性告知的全部内容。
1. 合同末页缺少受托方印章，请补盖后重新上传全文。
2. 合同第四条列有设备购置费，请在非技术性费用中如实填列。', '/contracts/17/', 'pending', 0, '2020-02-22 01:13:26.076431+00', NULL, '', '2020-02-22 01:13:26.076431+00', NULL, 1),
	(17, 'contracts-18-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：社区网格化防控平台开发（018）（HT-2020-330101-000016）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-09 前作出决定。查询请报办件编号 HT-2020-330101-000016。', '/contracts/18/', 'pending', 0, '2020-02-25 23:16:26.076431+00', NULL, '', '2020-02-25 23:16:26.076431+00', NULL, 1),
	(18, 'contracts-18-returned-5', 'enterprise@portal.example', 'zh-hans', '需补正：社区网格化防控平台开发（018）（HT-2020-330101-000016）', '请补正以下内容后重新提交。本清单为一次性告知的全部内容。
1. 合同末页缺少受托方印章，请补盖后重新上传全文。
2. 合同第四条列有设备购置费，请在非技术性费用中如实填列。', '/contracts/18/', 'pending', 0, '2020-02-25 23:16:26.076431+00', NULL, '', '2020-02-25 23:16:26.076431+00', NULL, 1),
	(19, 'contracts-19-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：卫星遥感影像解译联合研发（019）（HT-2020-330101-000017）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-09 前作出决定。查询请报办件编号 HT-2020-330101-000017。', '/contracts/19/', 'pending', 0, '2020-02-26 23:48:26.076431+00', NULL, '', '2020-02-26 23:48:26.076431+00', NULL, 1),
	(20, 'contracts-19-recognised-5', 'enterprise@portal.example', 'zh-hans', '已认定登记：卫星遥感影像解译联合研发（019）', '登记编号 2020330101000001。电子证明正在制作。', '/contracts/19/', 'pending', 0, '2020-02-26 23:48:26.076431+00', NULL, '', '2020-02-26 23:48:26.076431+00', NULL, 1),
	(21, 'contracts-20-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：园区能耗在线监测技术服务（020）（HT-2020-330101-000018）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-09 前作出决定。查询请报办件编号 HT-2020-330101-000018。', '/contracts/20/', 'pending', 0, '2020-02-28 00:09:26.076431+00', NULL, '', '2020-02-28 00:09:26.076431+00', NULL, 1),
	(22, 'contracts-20-recognised-5', 'enterprise@portal.example', 'zh-hans', '已认定登记：园区能耗在线监测技术服务（020）', '登记编号 2020330101000002。电子证明正在制作。', '/contracts/20/', 'pending', 0, '2020-02-28 00:09:26.076431+00', NULL, '', '2020-02-28 00:09:26.076431+00', NULL, 1),
	(23, 'contracts-21-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：红外测温算法技术秘密转让（021）（HT-2020-330101-000019）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-10 前作出决定。查询请报办件编号 HT-2020-330101-000019。', '/contracts/21/', 'pending', 0, '2020-02-29 00:53:26.076431+00', NULL, '', '2020-02-29 00:53:26.076431+00', NULL, 1),
	(24, 'contracts-21-recognised-5', 'enterprise@portal.example', 'zh-hans', '已认定登记：红外测温算法技术秘密转让（021）', '登记编号 2020330101000003。电子证明正在制作。', '/contracts/21/', 'pending', 0, '2020-02-29 00:53:26.076431+00', NULL, '', '2020-02-29 00:53:26.076431+00', NULL, 1),
	(25, 'contracts-22-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：红外测温算法技术方案咨询（022）（HT-2020-330101-000020）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-09 前作出决定。查询请报办件编号 HT-2020-330101-000020。', '/contracts/22/', 'pending', 0, '2020-02-27 20:58:26.076431+00', NULL, '', '2020-02-27 20:58:26.076431+00', NULL, 1),
	(26, 'contracts-22-recognised-5', 'enterprise@portal.example', 'zh-hans', '已认定登记：红外测温算法技术方案咨询（022）', '登记编号 2020330101000004。电子证明正在制作。', '/contracts/22/', 'pending', 0, '2020-02-27 20:58:26.076431+00', NULL, '', '2020-02-27 20:58:26.076431+00', NULL, 1),
	(27, 'contracts-23-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：城市轨道客流预测技术秘密转让（023）（HT-2020-330101-000021）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-11 前作出决定。查询请报办件编号 HT-2020-330101-000021。', '/contracts/23/', 'pending', 0, '2020-02-29 23:30:26.076431+00', NULL, '', '2020-02-29 23:30:26.076431+00', NULL, 1),
	(28, 'contracts-23-recognised-5', 'enterprise@portal.example', 'zh-hans', '已认定登记：城市轨道客流预测技术秘密转让（023）', '登记编号 2020330101000005。电子证明正在制作。', '/contracts/23/', 'pending', 0, '2020-02-29 23:30:26.076431+00', NULL, '', '2020-02-29 23:30:26.076431+00', NULL, 1),
	(29, 'contracts-24-received-3', 'enterprise@portal.example', 'zh-hans', '已收到：红外测温算法开发（024）（HT-2020-330101-000022）', '杭州市技术合同登记处已收到您的申请，将于 2020-03-11 前作出决定。查询请报办件编号 HT-2020-330101-000022。', '/contracts/24/', 'pending', 0, '2020-03-01 01:11:26.076431+00', NULL, '', '2020-03-01 01:11:26.076431+00', NULL, 1),
	(30, 'contracts-24-recognised-5', 'enterprise@portal.example', 'zh-hans', '已认定登记：红外测温算法开发（024）', '登记编号 2020330101000006。电子证明正在制作。', '/contracts/24/', 'pending', 0, '2020-03-01 01:11:26.076431+00', NULL, '', '2020-03-01 01:11:26.076431+00', NULL, 1);
ALTER TABLE public.notices_message ENABLE TRIGGER ALL;
ALTER TABLE public.notices_notice DISABLE TRIGGER ALL;
INSERT INTO public.notices_notice (id, document_number, title, title_en, issued_on, issuer, issuer_en, intro, intro_en) VALUES
	(1, '国科火字〔2020〕38号', '关于疫情防控期间进一步为各类科技企业提供便利化服务的通知', 'Notice on further facilitating services to technology enterprises of all kinds during epidemic prevention and control', '2020-02-06', '科学技术部火炬高技术产业开发中心', 'Torch High Technology Industry Development Center, Ministry of Science and Technology', '疫情防控期间，科技企业的各项业务尽量在网上办理，少跑腿、少见面、少交纸。下面按通知的条目作简要说明；说明为本平台归纳，不是通知原文。', 'During the epidemic, technology enterprises get their business done online wherever possible: fewer visits, fewer meetings, less paper. Below is a short summary of each item. It is ours and not the text of the notice.');
ALTER TABLE public.notices_notice ENABLE TRIGGER ALL;
ALTER TABLE public.notices_noticesection DISABLE TRIGGER ALL;
INSERT INTO public.notices_noticesection (id, "order", service_code, title, title_en, text, text_en, anchor, notice_id) VALUES
	(1, 1, 'general', '总体要求：优化服务方式', 'In general: better ways to serve', '各地在保障安全的前提下调整、改进服务方式，支持企业便利地办理业务，帮助企业渡过难关。', 'While keeping people safe, authorities adapt how they serve, make it easy for enterprises to get things done, and help them through the difficulties.', 'general', 1),
	(2, 2, 'contracts', '技术合同认定登记“无纸化”', 'Recognition and registration of technology contracts without paper', '疫情防控期间，居民企业可登录全国技术合同网上登记系统在线认定登记技术合同，合同纸质文本可在疫情结束后提交。已开通分系统的省（市）一律实行“无纸化”流程：在线提交并审核合同文本，全程网上办理。省级科技管理部门和登记机构尽量简化流程，以电子版或邮寄方式向居民企业提供认定登记证明。', 'During the epidemic resident enterprises may register technology contracts online in the national system; the paper text of the contract may follow after the epidemic. Provinces that run a sub-system work without paper throughout: texts are submitted and examined online. Provincial authorities and registration agencies keep the procedure simple and give resident enterprises the certificate electronically or by mail.', 'contracts', 1),
	(3, 3, 'hitech_cert', '高新技术企业认定便利化', 'Easier certification of high-tech enterprises', '各地利用互联网合理安排认定工作，可网上受理、邮件受理，尽量不见面办理；认定批次在全国网站公布，纸质材料可在疫情结束后补交。', 'Certification is arranged over the internet: applications are taken online or by e-mail and handled without meetings where possible. Batches are published on the national site; paper may follow after the epidemic.', 'hitech-cert', 1),
	(4, 4, 'sme_eval', '科技型中小企业评价全程网上办理', 'Evaluation of technology SMEs entirely online', '评价服务平台随时开放，全程网上办理；对填报信息作形式审查，分批公示，抽查在线上集中进行。', 'The platform is open at all times and the whole procedure is online: review of the form, publicity in batches, and a central spot check online.', 'sme-eval', 1),
	(5, 5, 'incubators', '鼓励孵化载体减免在孵企业租金', 'Rent relief in incubators', '鼓励科技企业孵化器、大学科技园、众创空间对在孵企业和团队减免或缓交疫情期间的租金。', 'Technology business incubators, university science parks and makerspaces are encouraged to waive, reduce or defer the rent of their tenants during the epidemic.', 'incubators', 1),
	(6, 6, 'zones', '国家高新区主动服务企业', 'National high-tech zones support their enterprises', '高新区主动支持药品、器械和防护物资生产企业，掌握因疫情停产停工企业的情况，必要时依规减免税费，提供资金周转或低息、免息贷款服务；发生严重疫情时及时报送火炬中心。', 'Zones support makers of medicines, devices and protective goods, keep track of enterprises that had to stop, grant tax and fee relief under the rules where needed, offer bridging funds and loans at low or no interest, and inform the Torch Center of serious outbreaks.', 'zones', 1),
	(7, 7, 'stats', '火炬统计调查网上填报', 'Torch statistics online', '火炬统计调查通过网络填报和审核，减少现场会议和纸质报送。', 'Returns of the Torch statistical survey are filed and checked online, with fewer meetings and less paper.', 'stats', 1),
	(8, 8, 'impact', '关注受疫情影响较大的企业', 'Attention to enterprises hit hard', '及时了解受疫情影响较大的科技企业的困难和需求，帮助其解决问题。', 'The difficulties and needs of technology enterprises hit hard by the epidemic are followed closely so that help reaches them.', 'impact', 1),
	(9, 9, 'recommendations', '推荐疫情防控新技术、新产品、新服务', 'Recommending new technologies, products and services', '所在地科技管理部门和国家高新区管委会推荐可用于疫情防控的新技术、新产品、新服务，由火炬中心向有关部门提出建议。', 'Local science and technology authorities and the committees of national high-tech zones recommend what helps against the epidemic; the Torch Center proposes it to the departments concerned.', 'recommendations', 1),
	(10, 10, 'cases', '宣传抗击疫情先进典型', 'Making exemplary cases known', '各地报送科技企业抗击疫情的先进典型，依规做好宣传报道。', 'Exemplary cases of technology enterprises in the fight against the epidemic are reported and made known under the rules.', 'cases', 1);
ALTER TABLE public.notices_noticesection ENABLE TRIGGER ALL;
ALTER TABLE public.papers_emergency DISABLE TRIGGER ALL;
INSERT INTO public.papers_emergency (id, source, declared_on, set_at, ended_on, end_set_at, end_set_by_id, jurisdiction_id, set_by_id) VALUES
	(1, '国科火字〔2020〕38号 二', '2020-02-06', NULL, NULL, NULL, NULL, NULL, NULL);
ALTER TABLE public.papers_emergency ENABLE TRIGGER ALL;
ALTER TABLE public.papers_paper DISABLE TRIGGER ALL;
INSERT INTO public.papers_paper (id, kind, state, source, recognised_on, due_on, due_set_on, created_at, received_at, decided_at, note, created_by_id, decided_by_id, emergency_id, filing_id, received_by_id) VALUES
	(1, 'contract_text', 'deferred', '国科火字〔2020〕38号 二', '2020-02-27', NULL, NULL, '2020-02-26 23:48:26.076431+00', NULL, NULL, '', 3, NULL, 1, 19, NULL),
	(2, 'contract_text', 'deferred', '国科火字〔2020〕38号 二', '2020-02-28', NULL, NULL, '2020-02-28 00:09:26.076431+00', NULL, NULL, '', 3, NULL, 1, 20, NULL),
	(3, 'contract_text', 'deferred', '国科火字〔2020〕38号 二', '2020-02-29', NULL, NULL, '2020-02-29 00:53:26.076431+00', NULL, NULL, '', 3, NULL, 1, 21, NULL),
	(4, 'contract_text', 'deferred', '国科火字〔2020〕38号 二', '2020-02-28', NULL, NULL, '2020-02-27 20:58:26.076431+00', NULL, NULL, '', 3, NULL, 1, 22, NULL),
	(5, 'contract_text', 'deferred', '国科火字〔2020〕38号 二', '2020-03-01', NULL, NULL, '2020-02-29 23:30:26.076431+00', NULL, NULL, '', 3, NULL, 1, 23, NULL),
	(6, 'contract_text', 'deferred', '国科火字〔2020〕38号 二', '2020-03-01', NULL, NULL, '2020-03-01 01:11:26.076431+00', NULL, NULL, '', 3, NULL, 1, 24, NULL);
ALTER TABLE public.papers_paper ENABLE TRIGGER ALL;
ALTER TABLE public.papers_paperpolicy DISABLE TRIGGER ALL;
INSERT INTO public.papers_paperpolicy (id, mode, source, grace_days, remind_days_before, remind_days_after, set_at, jurisdiction_id, set_by_id) VALUES
	(1, 'deferred', '国科火字〔2020〕38号 二', 30, '{15,3}', '{1,15,30}', NULL, NULL, NULL),
	(2, 'deferred', '北京市技术市场条例 第二十二条第二款', 30, '{15,3}', '{1,15,30}', NULL, '11', NULL),
	(3, 'not_required', '国科火字〔2020〕38号 二', 30, '{15,3}', '{1,15,30}', NULL, '31', NULL);
ALTER TABLE public.papers_paperpolicy ENABLE TRIGGER ALL;
ALTER TABLE public.papers_reminder DISABLE TRIGGER ALL;
ALTER TABLE public.papers_reminder ENABLE TRIGGER ALL;
SELECT pg_catalog.setval('public.accounts_agency_id_seq', 7, true);
SELECT pg_catalog.setval('public.accounts_agencyarea_id_seq', 7, true);
SELECT pg_catalog.setval('public.accounts_appointment_id_seq', 6, true);
SELECT pg_catalog.setval('public.accounts_enterprise_id_seq', 2, true);
SELECT pg_catalog.setval('public.accounts_membership_id_seq', 2, true);
SELECT pg_catalog.setval('public.accounts_user_groups_id_seq', 1, false);
SELECT pg_catalog.setval('public.accounts_user_id_seq', 8, true);
SELECT pg_catalog.setval('public.accounts_user_user_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.certificates_certificate_id_seq', 6, true);
SELECT pg_catalog.setval('public.contracts_deduction_id_seq', 12, true);
SELECT pg_catalog.setval('public.filings_attachment_id_seq', 24, true);
SELECT pg_catalog.setval('public.filings_calendarday_id_seq', 1, false);
SELECT pg_catalog.setval('public.filings_correctionitem_id_seq', 4, true);
SELECT pg_catalog.setval('public.filings_event_id_seq', 92, true);
SELECT pg_catalog.setval('public.filings_filing_id_seq', 24, true);
SELECT pg_catalog.setval('public.filings_idempotencykey_id_seq', 1, false);
SELECT pg_catalog.setval('public.notices_hotlineentry_id_seq', 8, true);
SELECT pg_catalog.setval('public.notices_message_id_seq', 30, true);
SELECT pg_catalog.setval('public.notices_notice_id_seq', 1, true);
SELECT pg_catalog.setval('public.notices_noticesection_id_seq', 10, true);
SELECT pg_catalog.setval('public.papers_emergency_id_seq', 1, true);
SELECT pg_catalog.setval('public.papers_paper_id_seq', 6, true);
SELECT pg_catalog.setval('public.papers_paperpolicy_id_seq', 3, true);
SELECT pg_catalog.setval('public.papers_reminder_id_seq', 1, false);
